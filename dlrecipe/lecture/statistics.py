"""How sure an average over trials is: Student's 95 % intervals."""

from __future__ import annotations

import math
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from dlrecipe.recipe.seeding import student
from dlrecipe.results.lecture import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results.lecture import Interval


def trials(seed: int, count: int) -> list[int]:
    """The seeds of an experiment's trials; those of another seed are all others."""
    return list(range(1000 * seed, 1000 * seed + count))


def mean_interval(values: Sequence[float]) -> Interval:
    """The 95 % interval of the mean of independent trials; two or more."""
    half = student(len(values) - 1) * stdev(values) / math.sqrt(len(values))
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
