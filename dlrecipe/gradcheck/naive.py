"""The lecture's check to the letter: move one entry of theta by ±ε, compute J twice; for every entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True)
class TwoSided:
    """J at both sides of theta, for each entry moved alone.

    Attributes:
        plus: J(θ + ε e_i).
        minus: J(θ − ε e_i).
        width: The distance between the two points: 2ε, as exactly as an entry of theta's size can be moved.
    """

    plus: Floats
    minus: Floats
    width: Floats

    @property
    def approx(self) -> Floats:
        """(J(θ + ε e_i) − J(θ − ε e_i)) / 2ε."""
        return (self.plus - self.minus) / self.width


def two_sided(
    cost: Callable[[Floats], float], theta: Floats, epsilon: float, entries: Iterable[int]
) -> TwoSided:
    """Compute J at both sides of theta for each of the entries.

    Args:
        cost: theta -> J. It is handed one array that moves from call to call.
        theta: The point, not changed.
        epsilon: ε.
        entries: Which entries to move.

    Source: Andrew Ng, Improving Deep Neural Networks, week 1: gradient checking.
    """
    point = theta.copy()
    plus, minus, width = [], [], []
    for i in entries:
        right, left = theta[i] + epsilon, theta[i] - epsilon
        point[i] = right
        plus.append(cost(point))
        point[i] = left
        minus.append(cost(point))
        point[i] = theta[i]
        width.append(right - left)
    return TwoSided(np.array(plus), np.array(minus), np.array(width))
