"""The smallest gap that a dev set of a given size can show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.intervals import Z

if TYPE_CHECKING:
    from dlrecipe.results.diagnosis import Task

POWER = 0.8416212335729143  # Φ(POWER) = 0.8: a gap of this size is seen in 4 of 5 dev sets


def smallest_gap(error: float, n: int, task: Task) -> float:
    """Return the gap to a known error that a dev set shows, beyond its 95 % interval, four times in five.

    Classification: binomial; the error with the gap decides how much it varies. Regression: with normal
    residuals a mean squared error E over n examples has the standard deviation E·√(2/n).

    Args:
        error: The error that the gap is measured from, a fraction.
        n: Dev examples.
        task: What the error means.

    Returns:
        The gap, a fraction; 1 where a classification of this size shows none.
    """

    def seen(gap: float) -> bool:
        raised = error + gap
        if task == "classification":
            null, spread = error * (1 - error), raised * (1 - raised)
        else:
            null, spread = 2 * error * error, 2 * raised * raised
        return gap * math.sqrt(n) >= Z * math.sqrt(null) + POWER * math.sqrt(max(spread, 0.0))

    most = 1 - error if task == "classification" else 100.0 * max(error, 1e-3)
    if not seen(most):
        return most
    low, high = 0.0, most
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return high
