"""How sure an average over trials is: Student's 95 % intervals."""

from __future__ import annotations

import math
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from dlrecipe.results.lecture import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results.lecture import Interval

Z = 1.959963984540054  # Φ(Z) = 0.975


def trials(seed: int, count: int) -> list[int]:
    """The seeds of an experiment's trials; those of another seed are all others."""
    return list(range(1000 * seed, 1000 * seed + count))


def t_quantile(freedom: int) -> float:
    """The 97.5 % point of Student's t, from four degrees of freedom on to within 0.01.

    Source: Abramowitz & Stegun 1964, 26.7.5 (the normal point corrected in powers of 1/freedom).
    """
    n, z = freedom, Z
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


def mean_interval(values: Sequence[float]) -> Interval:
    """The 95 % interval of the mean of independent trials, at least five of them."""
    half = t_quantile(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return fmean(values) - half, fmean(values) + half


def mean_of(
    key: str,
    label: str,
    values: Sequence[float],
    *,
    above: float | None = None,
    below: float | None = None,
    percent: bool = False,
) -> Figure:
    """The mean over trials with its interval, as a figure; the interval must keep the bounds."""
    return Figure(key, label, fmean(values), mean_interval(values), above, below, percent)
