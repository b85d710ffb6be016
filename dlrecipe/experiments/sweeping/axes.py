"""The axes of a search: one setting each, with all values it may take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config.space import takes_whole_numbers
from dlrecipe.config.sweep_section import Range

if TYPE_CHECKING:
    from dlrecipe.config.sweep_section import Sweep

DIGITS = 4
"""Significant digits of a drawn number: enough for a search, and short enough to be read."""


@dataclass(frozen=True)
class Listed:
    """A setting with the values it may take."""

    key: str
    values: tuple[object, ...]

    @property
    def grid(self) -> tuple[object, ...]:
        """The values that a grid takes."""
        return self.values

    def draw(self, rng: np.random.Generator) -> object:
        """Draw a value."""
        return self.values[int(rng.integers(len(self.values)))]


@dataclass(frozen=True)
class Interval:
    """A setting that may be any number between two ends.

    Attributes:
        key: The setting.
        low, high: The ends, both included.
        log: Whether each factor of ten is as likely as any other.
        whole: Whether only whole numbers are meant.
        points: How many of them a grid takes.
    """

    key: str
    low: float
    high: float
    log: bool
    whole: bool
    points: int

    @property
    def grid(self) -> tuple[object, ...]:
        """The values that a grid takes, evenly spaced."""
        space = np.geomspace if self.log else np.linspace
        found = space(self.low, self.high, self.points).tolist()
        return tuple(dict.fromkeys(self.shortened(value) for value in found))

    @property
    def values(self) -> tuple[object, ...] | None:
        """All values; None where they cannot be counted."""
        return tuple(range(math.ceil(self.low), math.floor(self.high) + 1)) if self.whole else None

    def draw(self, rng: np.random.Generator) -> object:
        """Draw a value."""
        half = 0.5 if self.whole else 0.0  # the ends are as likely as any other whole number
        low, high = self.low - half, self.high + half
        if self.log:
            return self.shortened(math.exp(rng.uniform(math.log(low), math.log(high))))
        return self.shortened(rng.uniform(low, high))

    def shortened(self, value: float) -> float:
        """Return the number as it is tried: within the ends, whole or of a few digits."""
        if self.whole:
            return min(max(round(value), math.ceil(self.low)), math.floor(self.high))
        return min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high)


Axis = Listed | Interval


def axes_of(sweep: Sweep) -> tuple[Axis, ...]:
    """Return the axes of a sweep's space, in the order of the file."""
    return tuple(
        Interval(key, axis.low, axis.high, axis.log, takes_whole_numbers(key), axis.points)
        if isinstance(axis, Range)
        else Listed(key, axis)
        for key, axis in sweep.space.items()
    )
