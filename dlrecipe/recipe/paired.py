"""Is one model better than another, or was it luck: tests on the same examples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

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
        return mcnemar(int(np.sum(one < other)), int(np.sum(one > other)))
    return mean_difference(one - other)


def mcnemar(only_one: int, only_other: int) -> float:
    """Return the mid-p value of McNemar's test.

    Args:
        only_one: Examples that only one model has right.
        only_other: Examples that only the other model has right.

    Source: Fagerland, Lydersen & Laake (2013), The McNemar test for binary matched-pairs data: mid-p and
        asymptotic are better than exact conditional.
    """
    n, fewer = only_one + only_other, min(only_one, only_other)
    if only_one == only_other:
        return 1.0
    at, below = 1, 0  # binomial coefficients of n: whole numbers, so that large ones lose nothing
    for k in range(fewer):
        below += at
        at = at * (n - k) // (k + 1)
    return (2 * below + at) / 2**n


def mean_difference(differences: NDArray[np.float64]) -> float:
    """Return the p-value of a mean of 0, by the normal approximation; meant for 30 differences or more."""
    n, mean = len(differences), float(np.mean(differences))
    spread = float(np.std(differences, ddof=1)) if n > 1 else 0.0
    if mean == 0:
        return 1.0
    if spread == 0:
        return 1.0 if n < 2 else 0.0
    return math.erfc(abs(mean) * math.sqrt(n / 2) / spread)
