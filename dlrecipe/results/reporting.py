"""All that a report shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dlrecipe.results.base import Document, Value
from dlrecipe.results.comparison import Comparison
from dlrecipe.results.examination import Examination
from dlrecipe.results.training import Epoch, TrainingResult


@dataclass(frozen=True, slots=True)
class Change(Value):
    """A config key whose value differs from the base's."""

    key: str
    base: object
    value: object


@dataclass(frozen=True, slots=True)
class RunReport(Value):
    """All that a report shows of one run.

    Attributes:
        run: Its folder.
        result: Of the training, its verdict made anew.
        history: Its evaluations.
        base: What the config is compared with: `the defaults`, or the study it belongs to.
        changes: How the config differs from that.
        origin: Where the run came from, as `study` and `trial`; empty where nobody recorded it.
        examination: Of the dev set; None where it cannot be read any more.
        absent: Why there is none.
    """

    run: str
    result: TrainingResult
    history: tuple[Epoch, ...]
    base: str
    changes: tuple[Change, ...]
    origin: Mapping[str, object]
    examination: Examination | None
    absent: str


@dataclass(frozen=True, slots=True)
class Report(Document):
    """The runs of a report, and their comparison where there are several."""

    runs: tuple[RunReport, ...]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class ReportFile(Document):
    """What `report --json` prints: the file that was written, and the runs in it."""

    report: str
    runs: tuple[str, ...]
