"""Mean and standard deviation of columns, exact also for tiny, huge and far-off values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlrecipe.data.raw import Floats, Mask

    Blocks = Callable[[], Iterable[Floats]]  # each call goes through all rows again


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and population standard deviation (ddof 0) of each column, and which columns never change."""

    mean: Floats
    deviation: Floats
    constant: Mask

    @property
    def scale(self) -> Floats:
        """What to divide by: the standard deviation, and 1 for a constant column, which is then 0."""
        return np.where(self.constant, 1.0, self.deviation)


def moments(blocks: Blocks, m: int) -> Moments:
    """Return the moments of m rows in two passes.

    The mean is taken of differences from the first row, so an offset costs no digits. Squares are taken of
    deviations in units of the largest one, so they neither overflow nor vanish, and their mean is corrected
    by what the rounded mean leaves over.

    Source: T. F. Chan, G. H. Golub, R. J. LeVeque (1983), Algorithms for computing the sample variance.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is found by the caller
        mean, lowest, highest = _first_pass(blocks, m)
        reach = np.maximum(highest - mean, mean - lowest)
        unit = np.where(reach > 0, reach, 1.0)
        total, squares = np.zeros_like(mean), np.zeros_like(mean)
        for block in blocks():
            deviations = block - mean
            deviations /= unit
            total += deviations.sum(axis=0)
            squares += np.square(deviations, out=deviations).sum(axis=0)
        deviation = unit * np.sqrt(np.maximum(squares / m - (total / m) ** 2, 0.0))
    constant = lowest == highest
    return Moments(np.where(constant, lowest, mean), deviation, constant | (deviation == 0))


def _first_pass(blocks: Blocks, m: int) -> tuple[Floats, Floats, Floats]:
    origin = total = lowest = highest = np.empty(0)
    for block in blocks():
        if not origin.size:
            origin = block[0].copy()
            total, lowest, highest = np.zeros_like(origin), origin, origin
        total = total + (block - origin).sum(axis=0)
        lowest = np.minimum(lowest, block.min(axis=0))
        highest = np.maximum(highest, block.max(axis=0))
    return origin + total / m, lowest, highest
