"""Two models on the same examples: who errs where the other does not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.intervals import wilson

if TYPE_CHECKING:
    from dlrecipe.recipe.intervals import Interval


def mcnemar(only_first: int, only_second: int) -> float:
    """Return McNemar's mid-p value, two-sided, that two models err equally often.

    Examples on which both err, or neither, tell nothing. Of the others, each is the first model's mistake
    with probability ½ where the models are equally good; the probability of what was seen counts half.

    Args:
        only_first: Examples that only the first model gets wrong.
        only_second: Examples that only the second one gets wrong.

    Source: Fagerland, Lydersen & Laake (2013), The McNemar test for binary matched-pairs data: mid-p and
    asymptotic are better than exact conditional.
    """
    n, fewer = only_first + only_second, min(only_first, only_second)
    logs = [_log_choose(n, k) - n * math.log(2) for k in range(fewer + 1)]
    return min(1.0, 2 * math.fsum(map(math.exp, logs)) - math.exp(logs[-1]))


def paired_interval(both: int, only_first: int, only_second: int, n: int) -> Interval:
    """Return the 95 % interval of (first error − second error) on the same n examples.

    Wilson's bounds of the two errors are combined, less what the models' mistakes have in common.

    Args:
        both: Examples that both models get wrong.
        only_first: Examples that only the first one gets wrong.
        only_second: Examples that only the second one gets wrong.
        n: All examples.

    Source: Newcombe (1998), Improved confidence intervals for the difference between binomial proportions
    based on paired data, method 10.
    """
    first, second = (both + only_first) / n, (both + only_second) / n
    phi = _correlation(both, only_first, only_second, n - both - only_first - only_second)
    (low1, high1), (low2, high2) = wilson(first, n), wilson(second, n)
    below, above = (first - low1, high2 - second), (high1 - first, second - low2)
    difference = first - second
    return difference - _combined(*below, phi), difference + _combined(*above, phi)


def _combined(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))


def _correlation(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Return φ of the four counts, with Newcombe's continuity correction where it is positive."""
    margins = (both + only_first) * (only_second + neither) * (both + only_second) * (only_first + neither)
    if margins == 0:
        return 0.0
    product = float(both * neither - only_first * only_second)
    if product > 0:
        product = max(0.0, product - (both + only_first + only_second + neither) / 2)
    return product / math.sqrt(margins)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
