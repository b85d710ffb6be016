"""What a look at data and network before training found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Document, Value

FindingLevel = Literal["problem", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding(Value):
    """One thing to know before training.

    Attributes:
        id: What kind of finding it is, the same in every version.
        level: A problem makes the training or its figures wrong, a warning weakens them.
        title: What was found.
        because: The figures it rests on, and why they matter.
        fix: The line to change, where there is one.
    """

    id: str
    level: FindingLevel
    title: str
    because: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Reference(Value):
    """What another kind of model reaches on the same split.

    Attributes:
        name: Kind of model.
        error: Its dev error, a fraction.
        interval: 95 % interval of the error.
        train_error: Its error on the rows it was fitted to.
    """

    name: str
    error: float
    interval: tuple[float, float]
    train_error: float


@dataclass(frozen=True, slots=True)
class NoiseBound(Value):
    """What disagreement of rows with the same inputs says of the best error possible.

    Attributes:
        error: No model can be expected to go below this fraction.
        interval: 95 % interval of it.
        groups: Sets of equal (or nearly equal) rows.
        share: Fraction of the rows that are in one; the others count as free of noise.
    """

    error: float
    interval: tuple[float, float]
    groups: int
    share: float


@dataclass(frozen=True, slots=True)
class Attainable(Value):
    """The error that can be reached on these data, as far as other models and repeated rows tell.

    Attributes:
        error: A fraction, as every error.
        interval: 95 % interval of it.
        because: The figures it rests on.
        references: The models that were tried, best first.
        noise: The lower bound from repeated rows; None where there are too few.
    """

    error: float
    interval: tuple[float, float]
    because: str
    references: tuple[Reference, ...]
    noise: NoiseBound | None


@dataclass(frozen=True, slots=True)
class CheckReport(Document):
    """What `check --json` prints.

    Attributes:
        passed: Whether there is no problem among the findings.
        findings: Problems first, information last.
        data: The source that was checked.
        attainable: What the references reach, where they were asked for.
    """

    passed: bool
    findings: tuple[Finding, ...]
    data: str
    attainable: Attainable | None = None
