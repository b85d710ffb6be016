"""The verdict as a value: gaps, suggestions, and what they were judged from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Document, Value

Task = Literal["classification", "regression"]
Level = Literal["high", "low"]
Purpose = Literal["bias", "variance", "mismatch", "measurement"]


@dataclass(frozen=True, slots=True)
class Figures(Value):
    """The errors a verdict is made from, as fractions, with the number of examples behind each.

    Attributes:
        train_error: Error on the training examples the model was fitted to.
        dev_error: Error on the dev examples.
        human_error: The best error thought possible; None where nobody said.
        train_dev_error: Error on held-out examples from the training distribution.
        train_size, dev_size, train_dev_size: Examples behind each error.
        task: Decides how an error's sampling spread follows from its size.
        train_sd, dev_sd, train_dev_sd: Standard deviation of the single examples' contributions to the
            error; None where only the error is known.
        train_interval, dev_interval, train_dev_interval: 95 % interval of each error, where it was found
            otherwise than from size and spread, as by a bootstrap.
        selected: Whether the dev error chose the model among the epochs of its training.
    """

    train_error: float
    dev_error: float
    human_error: float | None = None
    train_dev_error: float | None = None
    train_size: int | None = None
    dev_size: int | None = None
    train_dev_size: int | None = None
    task: Task = "classification"
    train_sd: float | None = None
    dev_sd: float | None = None
    train_dev_sd: float | None = None
    train_interval: tuple[float, float] | None = None
    dev_interval: tuple[float, float] | None = None
    train_dev_interval: tuple[float, float] | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Gap(Value):
    """One of avoidable bias, variance and mismatch.

    Attributes:
        level: Whether the judged gap is high.
        gap: The raw difference of the two errors.
        judged: The part of it that could be gained.
        interval: 95 % interval of `gap`; None without sizes.
        confidence: Probability that `level` is right; None without sizes.
        certain: Whether the interval leaves the judged gap on one side of both thresholds.
    """

    level: Level
    gap: float
    judged: float
    interval: tuple[float, float] | None = None
    confidence: float | None = None
    certain: bool | None = None


@dataclass(frozen=True, slots=True)
class Suggestion(Value):
    """One thing to do next.

    Attributes:
        id: One of the contract's names, as `bigger_network`.
        for_: What it treats.
        title: A few words for the eye.
        because: The reason, with figures of this run.
        patch: Dotted config keys and their new values; None where a config cannot do it.
        command: The command that tries it.
    """

    id: str
    for_: Purpose
    title: str
    because: str
    patch: Mapping[str, object] | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis(Document):
    """The verdict, what `diagnose --json` prints; `caveat` says why it is none to build on, if it is not."""

    verdict: str
    bias: Gap
    variance: Gap
    mismatch: Gap | None
    human_error: float
    human_error_given: bool
    tolerance: float
    share: float
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    figures: Figures
    caveat: str | None = None

    @property
    def gaps(self) -> dict[str, Gap]:
        """The gaps that exist, by name, in the order of the verdict."""
        gaps = {"bias": self.bias, "variance": self.variance}
        return gaps if self.mismatch is None else {**gaps, "mismatch": self.mismatch}
