"""A gap as a linear combination of measured errors, so that one rule gives every interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from dlrecipe.recipe.intervals import Condition, Interval, after_selection, combine, error_interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.results import Figures

Part = Literal["train", "train_dev", "dev"]


class Measured(NamedTuple):
    """An error on one part of the data; the interval is None where the part's size is unknown."""

    error: float
    interval: Interval | None


def measure(figures: Figures) -> dict[Part, Measured]:
    """Return the measured errors by part, each with the interval its size allows."""
    known: dict[Part, tuple[float | None, int | None, float | None]] = {
        "train": (figures.train_error, figures.train_size, figures.train_sd),
        "train_dev": (figures.train_dev_error, figures.train_dev_size, figures.train_dev_sd),
        "dev": (figures.dev_error, figures.dev_size, figures.dev_sd),
    }
    found: dict[Part, Interval | None] = {
        "train": figures.train_interval,
        "train_dev": figures.train_dev_interval,
        "dev": figures.dev_interval,
    }
    measured = {
        part: Measured(
            error,
            found[part] or (None if size is None else error_interval(error, size, figures.task, sd)),
        )
        for part, (error, size, sd) in known.items()
        if error is not None
    }
    dev = measured["dev"]
    if figures.selected and dev.interval is not None:
        measured["dev"] = Measured(dev.error, after_selection(dev.error, dev.interval))
    return measured


@dataclass(frozen=True, slots=True)
class Combination:
    """Σ cᵢEᵢ + constant, over the errors Eᵢ that are random in it."""

    coefficients: Mapping[Part, float]
    constant: float = 0.0

    def minus(self, other: Combination, times: float = 1.0) -> Combination:
        """Return this combination less `times` the other."""
        coefficients = dict(self.coefficients)
        for part, c in other.coefficients.items():
            coefficients[part] = coefficients.get(part, 0.0) - times * c
        return Combination(coefficients, self.constant - times * other.constant)

    def estimate(self, errors: Mapping[Part, Measured]) -> float:
        """Return its value at the measured errors."""
        return sum(c * errors[part].error for part, c in self.coefficients.items()) + self.constant

    def sized(self, errors: Mapping[Part, Measured]) -> bool:
        """Return whether the size behind every error in it is known."""
        return all(errors[part].interval is not None for part in self.coefficients)

    def interval(self, errors: Mapping[Part, Measured]) -> Interval:
        """Return its 95 % interval; an error without a size counts as known exactly."""
        used = [errors[part] for part in self.coefficients]
        low, high = combine(
            tuple(self.coefficients.values()),
            [measured.error for measured in used],
            [measured.interval or (measured.error, measured.error) for measured in used],
        )
        return low + self.constant, high + self.constant

    def above(self, threshold: float, errors: Mapping[Part, Measured]) -> Condition:
        """Return the claim that it is above `threshold`."""
        low, high = self.interval(errors)
        return Condition(self.estimate(errors) - threshold, low - threshold, high - threshold)
