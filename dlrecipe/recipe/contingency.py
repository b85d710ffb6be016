"""Whether a slice of the dev set has more mistakes than the rest of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fisher(wrong: int, size: int, all_wrong: int, n: int) -> float:
    """Return Fisher's mid-p value, two-sided, that a slice's examples err as often as the others.

    Given how many mistakes there are in all, those in a slice follow the hypergeometric distribution; the
    probability of what was seen counts half, and the smaller tail counts twice.

    Args:
        wrong: Mistakes in the slice.
        size: Examples in the slice.
        all_wrong: Mistakes in all n examples.
        n: All examples.

    Source: Agresti (2013), Categorical data analysis, section 3.5.
    """
    first, last = max(0, all_wrong - (n - size)), min(all_wrong, size)
    k = np.arange(first, last + 1)
    factorial = _log_factorials(n)
    logs = (
        factorial[all_wrong]
        - factorial[k]
        - factorial[all_wrong - k]
        + factorial[n - all_wrong]
        - factorial[size - k]
        - factorial[n - all_wrong - size + k]
        - (factorial[n] - factorial[size] - factorial[n - size])
    )
    mass = np.exp(logs)
    here = mass[wrong - first] / 2
    tails = mass[: wrong - first].sum() + here, mass[wrong - first + 1 :].sum() + here
    return float(min(1.0, 2 * min(tails)))


@lru_cache(maxsize=1)
def _log_factorials(n: int) -> NDArray[np.float64]:
    """Return log 0!, …, log n!: the same for every slice of a set."""
    found: NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    return found
