"""A learning curve over training-set sizes, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import Value
from dlrecipe.results.checksum import SealedDocument


@dataclass(frozen=True, slots=True)
class Forecast(Value):
    """The expected dev error with so many training examples.

    Attributes:
        examples: The training-set size.
        dev_error: The expected error, a fraction; None where the points do not carry any.
        interval: 95 %, for the error of one training on new data.
        reliable: Whether it is trustworthy: False means no forecast.
    """

    examples: int
    dev_error: float | None
    interval: tuple[float, float] | None
    reliable: bool


@dataclass(frozen=True, slots=True)
class Fit(Value):
    """The law E(m) = asymptote + b·m^−exponent through the dev errors, with 95 % intervals."""

    asymptote: float
    asymptote_interval: tuple[float, float]
    exponent: float
    exponent_interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CurvePoint(Value):
    """What trainings on so many examples reached, on average over seeds.

    Attributes:
        examples: Training examples used.
        train_error, dev_error: Means over the seeds, fractions.
        dev_errors: Of each seed that was trained to its end.
        runs: Their run folders.
    """

    examples: int
    train_error: float
    dev_error: float
    dev_errors: tuple[float, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Halving(Value):
    """How many times the data it takes to halve dev − train error, with its 95 % interval."""

    times: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve(SealedDocument):
    """What `curve --json` prints.

    Attributes:
        study: The study's folder.
        points: By size, smallest first.
        fit: None where the points carry no law.
        forecast: At 2, 4 and 8 times the largest size.
        halving: None where the gap carries no law, or is no gap.
        seconds: Training time of all.
        notes: What to know beside the figures.
    """

    study: str
    points: tuple[CurvePoint, ...]
    fit: Fit | None
    forecast: tuple[Forecast, ...]
    halving: Halving | None
    seconds: float
    notes: tuple[str, ...]
