"""What more data would bring: a power law through a learning curve, with all its plausible exponents.

The expected error on new data is taken to fall as E(m) = a + b·m^−c towards an error a that no amount of data
removes. A few noisy points never fix three numbers, so none is picked: every (a, c) of a grid is weighted by
how well it fits and by what is usual, b following by least squares, and the forecast is their weighted mean.

Source: power laws of learning curves, Viering & Loog (2023), The shape of learning curves: a review. The
priors, the discrepancy and the widest forecast that is called reliable were set on curves of networks on one
half of the data sets of Yan, Mohr & Viering (2025), LCDB 1.1, and measured on the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.results import Fit, Forecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST, SPAN = 3, 3.9
"""Different sizes that carry a forecast, and how many times the smallest the largest must be."""

FARTHEST = 16.0
"""Times the largest size beyond which nothing is forecast."""

_EXPONENTS = np.geomspace(0.05, 2.5, 40)[:, None]
_FLOORS = np.linspace(0, 1, 21)  # a, as a part of the error at the largest sizes
_USUAL_EXPONENT, _SPREAD = 0.4, 0.6  # of c: median, and standard deviation of its logarithm
_NOISE, _NOISE_SHARE, _NOISE_POINTS = 0.003, 0.015, 2  # a spread expected before any is seen, worth 2 points
_SCATTER, _SCATTER_SHARE = 0.007, 0.03  # of a size that is new: points at hand may agree by luck
_DISCREPANCY = 0.08  # how far real curves leave their law, of the last error, growing with √octaves
_QUANTILE = 2.1  # of the mixture, for 95 %


@dataclass(frozen=True)
class PowerLaw:
    """All plausible laws through a learning curve.

    Attributes:
        weights: Of every (c, a) of the grid (40, 21), adding to 1.
        a: The error that no data remove, of each.
        b: What data remove, at the largest size, of each.
        largest: The largest size m₀ there is: E(m) = a + b·(m/m₀)^−c.
        noise: Variance of a point about its law, of each.
        last: Error at the largest sizes.
    """

    weights: Floats
    a: Floats
    b: Floats
    largest: float
    noise: Floats
    last: float

    def at(self, examples: float) -> tuple[float, float]:
        """The expected error with so many examples, and its standard deviation."""
        ratio = examples / self.largest
        errors = self.a + self.b * ratio**-_EXPONENTS
        mean = self._mean(errors)
        octaves = max(0.0, math.log2(ratio))
        spread = self._mean((errors - mean) ** 2) + self._mean(self.noise)
        scatter = (_SCATTER + _SCATTER_SHARE * self.last) ** 2
        return mean, math.sqrt(spread + scatter + octaves * (_DISCREPANCY * self.last) ** 2)

    def fit(self) -> Fit:
        """The law as a few numbers, each with its 95 % interval."""
        a, c = self._mean(self.a), self._mean(np.broadcast_to(_EXPONENTS, self.a.shape))
        return Fit(
            asymptote=a,
            asymptote_interval=self._interval(self.a),
            exponent=c,
            exponent_interval=self._interval(np.broadcast_to(_EXPONENTS, self.a.shape)),
        )

    def halving(self) -> tuple[float, tuple[float, float]]:
        """How many times the data halve what data remove, 2^(1/c): its median and 95 % interval."""
        times = np.broadcast_to(2.0 ** (1 / _EXPONENTS), self.a.shape)
        return self._quantile(times, 0.5), self._interval(times)

    def _mean(self, values: Floats) -> float:
        return float((self.weights * values).sum())

    def _interval(self, values: Floats) -> tuple[float, float]:
        return self._quantile(values, 0.025), self._quantile(values, 0.975)

    def _quantile(self, values: Floats, probability: float) -> float:
        order = np.argsort(values, axis=None)
        reached = np.cumsum(self.weights.ravel()[order])
        return float(values.ravel()[order][min(int(np.searchsorted(reached, probability)), order.size - 1)])


def power_law(examples: Sequence[float], errors: Sequence[float], *, to_zero: bool = False) -> PowerLaw:
    """Weigh every law by how well it goes through the points.

    Args:
        examples: Training-set size of each point; points that share one, as of several seeds, are averaged.
        errors: The error at each, a fraction; or a gap that vanishes with infinite data.
        to_zero: The limit a is 0, as of a gap between dev and train error.
    """
    sizes, which = np.unique(np.asarray(examples, float), return_inverse=True)
    e = np.bincount(which, np.asarray(errors, float)) / np.bincount(which)
    largest = float(sizes[-1])
    near = sizes >= largest / 1.5
    last = max(1e-4, float(e[near].mean()))
    floors = _FLOORS * (0.0 if to_zero else last)
    falls = (sizes / largest) ** -_EXPONENTS[..., None]  # (40, 1, points)
    above = e - floors[:, None]  # (21, points)
    b = np.maximum(0.0, (falls * above).sum(-1) / (falls * falls).sum(-1))
    squares = ((above - b[..., None] * falls) ** 2).sum(-1)
    expected = _NOISE_POINTS * (_NOISE + _NOISE_SHARE * last) ** 2
    log_weights = (
        _log_prior()
        - 0.5 * (_NOISE_POINTS + len(e) - 1) * np.log(expected + squares)  # Student's, in c and a
    )
    weights = np.exp(log_weights - log_weights.max())
    a = np.broadcast_to(floors, b.shape)
    noise = (expected + squares) / (_NOISE_POINTS + len(e))
    return PowerLaw(weights / weights.sum(), a, b, largest, noise, last)


def _log_prior() -> Floats:
    """Exponents about 0.4; limits anywhere between none and the last error, the latter less likely."""
    exponents = -0.5 * (np.log(_EXPONENTS / _USUAL_EXPONENT) / _SPREAD) ** 2
    floors: Floats = exponents + 0.5 * np.log(1.02 - _FLOORS)
    return floors


def forecast(
    *, examples: Sequence[float], dev_errors: Sequence[float], at: Sequence[float]
) -> tuple[Forecast, ...]:
    """Forecast the dev error at other training-set sizes.

    Args:
        examples: Training-set sizes that were tried; what shares one, as of seeds, is averaged.
        dev_errors: The dev error at each, a fraction.
        at: Sizes to forecast.

    Returns:
        A forecast for each of `at`. It is not `reliable` where the points do not carry one: too few or too
        close, too far from them, too noisy, or a largest size that the smaller ones did not foresee.

    Raises:
        UsageError: The points or sizes make no sense.
    """
    _check(examples, dev_errors, at)
    if not _enough(examples):
        return tuple(Forecast(round(size), None, None, reliable=False) for size in at)
    law = power_law(examples, dev_errors)
    foreseen = _foreseen(examples, dev_errors)
    return tuple(_forecast(law, size, foreseen=foreseen) for size in at)


def _forecast(law: PowerLaw, size: float, *, foreseen: bool) -> Forecast:
    error, deviation = law.at(size)
    half = _QUANTILE * deviation
    octaves = max(0.0, math.log2(size / law.largest))
    narrow = half <= 0.045 + 0.02 * max(1.0, octaves)
    reliable = foreseen and narrow and size <= FARTHEST * law.largest
    return Forecast(round(size), error, (max(0.0, error - half), error + half), reliable=reliable)


def _foreseen(examples: Sequence[float], errors: Sequence[float]) -> bool:
    """Whether the smaller sizes alone forecast what the largest brought."""
    largest = max(examples)
    pairs = list(zip(examples, errors, strict=True))
    smaller = [(size, error) for size, error in pairs if size < largest]
    law = power_law(*zip(*smaller, strict=True))
    expected, deviation = law.at(largest)
    brought = [error for size, error in pairs if size == largest]
    return abs(sum(brought) / len(brought) - expected) <= _QUANTILE * deviation


def _enough(examples: Sequence[float]) -> bool:
    return len(set(examples)) >= FEWEST and max(examples) >= SPAN * min(examples)


def _check(examples: Sequence[float], errors: Sequence[float], at: Sequence[float]) -> None:
    problems = []
    if len(examples) != len(errors):
        problems.append(
            f"examples and dev_errors must be as many. Got {len(examples)} sizes and {len(errors)} errors."
        )
    if not examples:
        problems.append("examples must hold a training-set size at least.")
    for name, sizes in (("examples", examples), ("at", at)):
        problems += [
            f"{name} must be numbers of examples, 1 or more. Got {size}."
            for size in sizes
            if not (math.isfinite(size) and size >= 1)
        ]
    problems += [
        f"dev_errors must be fractions of 0 or more. Got {error}."
        for error in errors
        if not (math.isfinite(error) and error >= 0)
    ]
    if problems:
        raise UsageError(*problems)
