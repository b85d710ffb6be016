"""What a rule looks at: the verdict, and the run it was passed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from dlrecipe.recipe.texts import percent, points
from dlrecipe.results import Diagnosis, Settings, Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.evidence import Evidence


class Case(NamedTuple):
    """A verdict with its evidence; `m` is the number of training examples behind it."""

    diagnosis: Diagnosis
    run: Evidence
    m: int

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.run.settings

    def high(self, name: str) -> bool:
        """Return whether the gap `name` exists and is high."""
        gap = self.diagnosis.gaps.get(name)
        return gap is not None and gap.level == "high"

    @property
    def ended(self) -> bool:
        """Return whether there was a training, and it was not interrupted."""
        return self.run.stopped != "interrupted" and self.run.last_epoch > 0

    @property
    def worst(self) -> Literal["bias", "variance"]:
        """The larger of the two gaps that a training can change; one that is high before one that is not."""
        bias, variance = self.diagnosis.bias, self.diagnosis.variance
        if (bias.level, variance.level) == ("high", "low"):
            return "bias"
        if (bias.level, variance.level) == ("low", "high"):
            return "variance"
        return "bias" if bias.judged >= variance.judged else "variance"


Rule = Callable[[Case], Suggestion | None]


def gap_in_words(diagnosis: Diagnosis, name: str) -> str:
    """Return the gap `name` as a sentence without its full stop, with the two errors it lies between."""
    figures = diagnosis.figures
    train_dev = figures.train_dev_error
    fresh, fresh_name = (figures.dev_error, "dev") if train_dev is None else (train_dev, "train-dev")
    gap = diagnosis.gaps[name]
    lower, lower_name = {
        "bias": (diagnosis.human_error, "human"),
        "variance": (figures.train_error, "train"),
        "mismatch": (fresh, "train-dev"),
    }[name]
    if gap.judged != gap.gap:  # only what is above the human error can be gained
        lower, lower_name = diagnosis.human_error, "human"
    upper, upper_name = {
        "bias": (figures.train_error, "train"),
        "variance": (fresh, fresh_name),
        "mismatch": (figures.dev_error, "dev"),
    }[name]
    if gap.judged < 0:
        return (
            f"The {upper_name} error of {percent(upper)} is {points(-gap.judged)} below "
            f"the {lower_name} error of {percent(lower)}"
        )
    return (
        f"The {upper_name} error of {percent(upper)} is {points(gap.judged)} above "
        f"the {lower_name} error of {percent(lower)}"
    )
