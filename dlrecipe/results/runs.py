"""What is known of runs from outside: their list, and a model's error on a set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dlrecipe.results.base import Document, Value

Status = Literal["finished", "running", "interrupted", "diverged", "failed"]


@dataclass(frozen=True, slots=True)
class RunSummary(Value):
    """One line of `runs list`.

    Attributes:
        run: Its folder.
        status: What became of it.
        dev_error: None where there is no result; a fraction.
        verdict: None likewise.
        train_error: None likewise; a fraction.
        settings: The settings in which the runs of its name differ, by dotted key.
    """

    run: str
    status: Status
    dev_error: float | None
    verdict: str | None
    train_error: float | None = None
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunList(Document):
    """What `runs list --json` prints."""

    runs: tuple[RunSummary, ...]


@dataclass(frozen=True, slots=True)
class Evaluation(Document):
    """What `evaluate --json` prints: the error on the test part or a file, with its 95 % interval.

    Attributes:
        examples: How many there are.
        error, loss: Of the model on them.
        interval: Of the error.
        run: The run whose model it is.
        data: `test`, or the file.
        looks: How often the test set has been looked at, this time included; None where it was not.
        notes: What a user should know.
    """

    examples: int
    error: float
    loss: float
    interval: tuple[float, float]
    run: str
    data: str
    looks: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported(Document):
    """What `export --json` prints: the file written, its README, its format and its size."""

    run: str
    file: str
    readme: str
    format: str
    bytes: int
