"""The bootstrap for two regressions on the same examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.recipe.intervals import Interval

RESAMPLES = 10_000
_AT_ONCE = 2_000_000  # examples that are drawn in one go


def paired_bootstrap(differences: NDArray[np.float64]) -> tuple[Interval, float]:
    """Return the 95 % interval of a mean difference, and its two-sided p-value.

    The examples are drawn anew, with replacement, 10,000 times; always the same draws, so that the same
    question has the same answer.

    Args:
        differences: First squared error − second squared error of each example, shape (m,).

    Source: Efron & Tibshirani (1993), An introduction to the bootstrap, chapters 13 and 15.
    """
    rng, m = np.random.default_rng(0), len(differences)
    means = np.empty(RESAMPLES)
    step = max(1, _AT_ONCE // m)
    for start in range(0, RESAMPLES, step):
        drawn = rng.integers(0, m, (min(step, RESAMPLES - start), m))
        means[start : start + step] = differences[drawn].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    tail = min(int((means <= 0).sum()), int((means >= 0).sum()))
    return (float(low), float(high)), min(1.0, 2 * (tail + 1) / (RESAMPLES + 1))
