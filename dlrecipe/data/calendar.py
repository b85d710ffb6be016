"""A date as the network sees it: how long ago, and where in the year, the week and the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dlrecipe.data.raw import Floats

_CYCLES = {"year": 365.2425, "week": 7.0, "day": 1.0}  # their length in days


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a column of dates becomes numbers.

    Attributes:
        form: How texts of it are written, as `%d.%m.%Y`; empty where dates have a type of their own.
        timed: Whether they have a time of day.
    """

    form: str
    timed: bool

    @property
    def cycles(self) -> list[str]:
        """The cycles in which a date has a place."""
        return [cycle for cycle in _CYCLES if self.timed or cycle != "day"]

    @property
    def lengths(self) -> list[float]:
        """How long each cycle is, in days."""
        return [_CYCLES[cycle] for cycle in self.cycles]

    @property
    def width(self) -> int:
        """How many numbers a date becomes."""
        return 1 + 2 * len(self.cycles)

    def columns(self, name: str) -> list[str]:
        """Return the names of the numbers, as `when days`, `when year sin`, `when year cos`."""
        cyclic = [f"{name} {cycle} {part}" for cycle in self.cycles for part in ("sin", "cos")]
        return [f"{name} days", *cyclic]

    def expand(self, days: Floats) -> Floats:
        """Return dates (m,), in days since 1970-01-01, as numbers (m, width).

        They are the days themselves, and sine and cosine of the phase in each cycle, so that December is
        next to January. A year is taken as 365.2425 days.
        """
        phases = 2 * np.pi * np.mod(days[:, np.newaxis] / np.array(self.lengths), 1.0)
        waves = np.stack([np.sin(phases), np.cos(phases)], axis=2)
        return np.column_stack([days, waves.reshape(len(days), -1)])
