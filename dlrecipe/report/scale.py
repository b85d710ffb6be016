"""From values to a height between 0 and 1: linear, or logarithmic where linear would hide the small ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DECADES = 2
"""A range of more than these is drawn on a logarithmic scale."""


def is_wide(values: Iterable[float]) -> bool:
    """Whether finite values, all above zero, span more than two decades."""
    finite = [value for value in values if math.isfinite(value)]
    return bool(finite) and min(finite) > 0 and math.log10(max(finite)) - math.log10(min(finite)) > DECADES


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of the lowest and the highest row, and what lies between them."""

    low: float
    high: float
    logarithmic: bool

    @classmethod
    def of(cls, values: Iterable[float], *, floor: float | None = None) -> Scale | None:
        """Return the scale that holds all finite values; None where there are none.

        Args:
            values: Of all curves that share it.
            floor: Where a linear scale begins; by default, at the lowest value.
        """
        finite = [value for value in values if math.isfinite(value)]
        if not finite:
            return None
        low, high = min(finite), max(finite)
        logarithmic = is_wide(finite)
        if floor is not None and not logarithmic:
            low, high = min(low, floor), max(high, floor)
        return cls(low, high, logarithmic)

    def height(self, value: float) -> float:
        """Return where a value stands, from 0 (bottom) to 1 (top); in the middle where nothing varies."""
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = math.log10(low), math.log10(high), math.log10(value)
        else:  # in halves, as the difference of two huge numbers may not be finite
            low, high, value = low / 2, high / 2, value / 2
        return (value - low) / (high - low) if low < high else 0.5
