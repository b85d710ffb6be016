"""Two errors from different examples, and how many examples would tell two errors apart."""

from __future__ import annotations

import math
from statistics import NormalDist

NORMAL = NormalDist()
POWER = 0.8
LARGEST = 10_000_000  # more examples than this are no advice


def different(first: float, second: float, variance: float) -> float:
    """Return the two-sided p-value that two independent errors have the same true value.

    Args:
        first: One error.
        second: The other.
        variance: Of their difference, where the true values are equal.
    """
    if variance <= 0:
        return float(first == second)
    return math.erfc(abs(first - second) / math.sqrt(2 * variance))


def pooled_variance(first: float, n: int, second: float, m: int) -> float:
    """Return the variance of the difference of two misclassified fractions of equal true value."""
    pooled = (first * n + second * m) / (n + m)
    return pooled * (1 - pooled) * (1 / n + 1 / m)


def examples_to_tell(difference: float, null_sd: float, sd: float, tests: int = 1) -> int | None:
    """Return how many examples would show a difference of this size, with a probability of 80 %.

    Args:
        difference: Of the two errors, as a fraction.
        null_sd: Standard deviation of one example's part in it where there is no true difference.
        sd: The same with a true difference of this size.
        tests: Among how many tests it must stand out: each is held against 0.05/tests.

    Returns:
        Examples, two digits of them; None where no number up to ten million would do.

    Source: Connor (1987), Sample size for testing differences in proportions for the paired-sample design.
    """
    if difference == 0:
        return None
    quantiles = NORMAL.inv_cdf(1 - 0.05 / tests / 2) * null_sd + NORMAL.inv_cdf(POWER) * sd
    needed = math.ceil((quantiles / difference) ** 2)
    unit = 10 ** max(0, len(str(needed)) - 2)
    rounded = -(-needed // unit) * unit
    return rounded if 0 < rounded <= LARGEST else None
