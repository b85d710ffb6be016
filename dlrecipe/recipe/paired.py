"""Is one model better than another, or was it luck: tests on the same examples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.recipe.pairing import mcnemar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.results.diagnosis import Task


def paired_p(one: NDArray[np.float64], other: NDArray[np.float64], task: Task) -> float:
    """Return the two-sided p-value of two models having the same error, from the same examples.

    Args:
        one: Error of one model on each example: 0 or 1, or for regression a squared deviation.
        other: The other model's, example by example.
        task: Decides the test: McNemar's, or that of the mean difference.
    """
    if task == "classification":
        return mcnemar(int(np.sum(one > other)), int(np.sum(one < other)))
    return mean_difference(one - other)


def mean_difference(differences: NDArray[np.float64]) -> float:
    """Return the p-value of a mean of 0, by the normal approximation; meant for 30 differences or more."""
    n, mean = len(differences), float(np.mean(differences))
    spread = float(np.std(differences, ddof=1)) if n > 1 else 0.0
    if mean == 0:
        return 1.0
    if spread == 0:
        return 1.0 if n < 2 else 0.0
    return math.erfc(abs(mean) * math.sqrt(n / 2) / spread)
