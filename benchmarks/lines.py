"""The straight line through a few points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


class Line(NamedTuple):
    """Least squares: y = start + slope·x, and R²."""

    start: float
    slope: float
    r2: float


def fit(x: Sequence[float], y: Sequence[float]) -> Line:
    """The line through at least two points of different x."""
    at, found = np.array(x, float), np.array(y, float)
    slope, start = np.polyfit(at, found, 1)
    left = found - start - slope * at
    return Line(float(start), float(slope), float(1 - left @ left / np.sum((found - found.mean()) ** 2)))
