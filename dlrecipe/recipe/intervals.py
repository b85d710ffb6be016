"""How far a measured error, or a difference of errors, may lie from the true one: 95 % intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results.diagnosis import Task

Interval = tuple[float, float]

OPTIMISM = 0.55  # standard errors by which the dev error of the best epoch is too low
Z = 1.959963984540054  # Φ(Z) = 0.975: 95 % of a normal distribution lies within ±Z


def wilson(error: float, n: int) -> Interval:
    """Return Wilson's 95 % score interval of a misclassified fraction.

    It stays within [0, 1] and has a width even where no example, or every one, is wrong.

    Args:
        error: Fraction misclassified; error·n need not be whole, as it comes from rounded figures.
        n: Examples behind it.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    scale = 1 + Z * Z / n
    centre = (error + Z * Z / (2 * n)) / scale
    half = Z / scale * math.sqrt(error * (1 - error) / n + Z * Z / (4 * n * n))
    # The interval holds the error itself; rounding must not say otherwise at 0 and 1.
    return max(0.0, min(error, centre - half)), min(1.0, max(error, centre + half))


def error_interval(error: float, n: int, task: Task, sd: float | None = None) -> Interval:
    """Return the 95 % interval of one measured error.

    Classification: Wilson's. Regression: error ± 1.96·sd/√n, never below 0. Where `sd` is unknown the
    residuals are taken to be normal: a squared normal residual of mean E has the standard deviation E·√2.

    Args:
        error: The measured error, a fraction.
        n: Examples behind it.
        task: What the error means.
        sd: Regression: standard deviation of the single examples' contributions to the error.
    """
    if task == "classification":
        return wilson(error, n)
    spread = error * math.sqrt(2) if sd is None else sd
    half = Z * spread / math.sqrt(n)
    return max(0.0, error - half), error + half


def narrowed(error: float, interval: Interval | None, factor: float) -> Interval | None:
    """Return an interval with both its bounds drawn towards the error, as more examples do."""
    if interval is None:
        return None
    return error - factor * (error - interval[0]), error + factor * (interval[1] - error)


def after_selection(error: float, interval: Interval) -> Interval:
    """Return the interval of the error on new examples, where the least of many epochs' errors is `error`.

    The best epoch is partly the luckiest. Over generated problems of known error, early stopping took the
    dev error 0.55 of its standard errors too low on average (`benchmarks/verdict`), as little on short as
    on long trainings; the interval moves up by that, and keeps the measured error.
    """
    shift = OPTIMISM * (interval[1] - interval[0]) / (2 * Z)
    return min(error, interval[0] + shift), interval[1] + shift


def combine(
    coefficients: Sequence[float], estimates: Sequence[float], intervals: Sequence[Interval]
) -> Interval:
    """Return the 95 % interval of Σ cᵢEᵢ from the intervals of independent estimates Eᵢ (MOVER).

    The distance of each bound from the estimate is recovered from the single intervals, so that it may
    differ on the two sides. An exactly known Eᵢ has the interval (Eᵢ, Eᵢ).

    Source: Zou & Donner (2008), Construction of confidence limits about effect measures; for the
    difference of two proportions it is method 10 of Newcombe (1998).
    """
    total = below = above = 0.0
    for c, estimate, interval in zip(coefficients, estimates, intervals, strict=True):
        low, high = sorted((c * interval[0], c * interval[1]))
        total += c * estimate
        below += (c * estimate - low) ** 2
        above += (high - c * estimate) ** 2
    return total - math.sqrt(below), total + math.sqrt(above)


class Condition(NamedTuple):
    """The claim that a quantity is above 0, from its estimate and its 95 % interval."""

    estimate: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the estimate satisfies the claim."""
        return self.estimate > 0

    @property
    def probability(self) -> float:
        """Probability of the claim, from the bound on 0's side of the estimate: 0.975 where it is at 0."""
        distance = self.estimate - self.low if self.holds else self.high - self.estimate
        if distance <= 0:  # nothing in it is random
            return float(self.holds)
        return (1 + math.erf(self.estimate / distance * Z / math.sqrt(2))) / 2
