"""Compare the fast differences with naive ones of the network's own J, for a random hundred parameters.

The fast method computes J in its own way. Where the network's J moves otherwise, forward or cost is wrong, or
the fast method is: the gradient alone could agree with the fast method, and nobody would know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.gradcheck.naive import two_sided
from dlrecipe.gradcheck.regions import counts, where
from dlrecipe.gradcheck.verdict import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from dlrecipe.gradcheck.regions import Region
    from dlrecipe.nn.arrays import Floats

ENTRIES = 100
"""How many parameters are compared, or all where there are fewer."""

EACH = 4
"""How many of these are taken of every block, however small."""

PROBES = (-3, -2, -1, 1, 2, 3)
"""Last digits by which theta is moved to measure the noise of J: the same point but for rounding."""

MARGIN = 16
"""How many times its noise a difference may be off: a false alarm is as bad as a missed one."""


def disagreements(
    cost: Callable[[Floats], float],
    theta: Floats,
    approx: Floats,
    regions: list[Region],
    epsilon: float,
    rng: np.random.Generator,
) -> Iterator[str]:
    """Say where the network's J does not move as the fast method says.

    Args:
        cost: theta -> J of the network.
        theta: The point.
        approx: The fast differences of all entries.
        regions: The blocks.
        epsilon: ε.
        rng: Chooses the entries.
    """
    entries = sample(regions, rng)
    naive = two_sided(cost, theta, epsilon, entries.tolist()).approx
    allowed = MARGIN * rounding(cost, theta) / epsilon + 1e-6 * np.abs(naive)
    wrong = ~(np.abs(naive - approx[entries]) <= allowed)
    if wrong.any():
        first = int(np.argmax(np.abs(naive - approx[entries])))
        chosen = np.zeros(theta.shape, bool)
        chosen[entries[wrong]] = True
        yield (
            f"J itself does not move as the fast method says at {wrong.sum()} of {len(entries)} parameters "
            f"chosen at random ({counts(regions, chosen)}; most in {where(regions, int(entries[first]))}: "
            f"{naive[first]:.6g} by J, {approx[entries[first]]:.6g} by the fast method). Look for the error "
            "in forward, loss or penalty, and check with --method naive."
        )


def sample(regions: list[Region], rng: np.random.Generator) -> NDArray[np.intp]:
    """A hundred entries at random, some of every block."""
    some = [rng.choice(region.entries, min(EACH, region.entries.size), replace=False) for region in regions]
    size = sum(region.entries.size for region in regions)
    anywhere = rng.choice(size, min(ENTRIES, size), replace=False)
    entries = np.concatenate((*some, anywhere))
    first = np.sort(np.unique(entries, return_index=True)[1])  # of an entry drawn twice, the first
    return entries[first][: max(ENTRIES, sum(map(len, some)))]


def rounding(cost: Callable[[Floats], float], theta: Floats) -> float:
    """The noise of J: at least its own last digit, more where large numbers cancel on the way to it."""
    J = cost(theta)
    moved = (cost(theta * (1 + last_digit * ROUNDING)) for last_digit in PROBES)
    return max(ROUNDING * max(1.0, abs(J)), *(abs(other - J) for other in moved))
