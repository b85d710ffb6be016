"""The two-sided difference of every parameter of a dense network at once.

One parameter moves one unit of one layer; all parameters of a layer are therefore propagated together, in
batches of bounded memory, through the layers above only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.gradcheck.penalty import penalty_differences
from dlrecipe.gradcheck.propagation import masked, propagate, trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dlrecipe.gradcheck.differences import Difference
    from dlrecipe.gradcheck.propagation import Trace
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats

BATCH = 3 * 2**14
"""Numbers in the largest array of a batch: 384 KiB, so that a batch stays in a core's own cache."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What the fast method knows of every entry of theta.

    Attributes:
        approx: (J(θ + ε) − J(θ − ε)) / 2ε.
        smooth: The same on the smooth piece of J on which theta lies: equal to `approx` but at corners.
        bent: Whether ±ε carries a unit to the corner of its activation.
        pinned: Whether ±ε carries a weight to the corner of the L1 penalty, which is at 0.
    """

    approx: Floats
    smooth: Floats
    bent: NDArray[np.bool_]
    pinned: NDArray[np.bool_]


def differences(
    network: Network,
    theta: Floats,
    X: Floats,
    Y: Floats,
    masks: Sequence[Floats | None] | None,
    m: int,
    epsilon: float,
    weights: Floats | None = None,
) -> Differences:
    """The two-sided difference of every entry of theta, laid out as theta.

    Args:
        network: The network; its `forward`, `cost` and `objective` are not used.
        theta: Parameters.
        X: Inputs (examples × n_0).
        Y: Targets (examples × n_L).
        masks: Dropout masks.
        m: Number of training examples, which λ is divided by.
        epsilon: ε.
        weights: What each example's loss counts.
    """
    at = trace(network, theta, X, Y, masks, weights)
    approx, smooth = np.zeros_like(theta), np.zeros_like(theta)
    bent, pinned = np.zeros(theta.shape, bool), np.zeros(theta.shape, bool)
    for l in range(network.layout.depth):
        rise, crossed = sweep(at, l, epsilon, at.bend.change, np.ones(len(at.Z[l]), bool))
        straight = rise
        if crossed.any():
            again, _ = sweep(at, l, epsilon, at.bend.piece, np.logical_or.reduce(crossed, axis=1))
            straight = np.where(crossed, again, rise)
        for vector, values in ((approx, rise), (smooth, straight), (bent, crossed)):
            W, b = network.layout.layers(vector)[l]
            W[:], b[:] = values[:, :-1], values[:, -1]
    approx /= 2 * epsilon * len(X)
    smooth /= 2 * epsilon * len(X)
    W_all = network.layout.weights
    on_piece, at_corner = penalty_differences(network.penalty, theta[W_all], m, epsilon)
    approx[W_all] += on_piece + at_corner
    smooth[W_all] += on_piece
    pinned[W_all] = at_corner != 0
    return Differences(approx, smooth, bent, pinned)


def sweep(
    at: Trace, l: int, epsilon: float, bend: Difference, wanted: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Move all parameters of the wanted units of a layer by ±ε, each alone.

    Returns:
        Σ over examples of w·(loss(+ε) − loss(−ε)), and whether a corner was met: each (n_l × (n_{l−1} + 1)),
        the bias in the last column.
    """
    steps = epsilon * at.inputs[l].T
    rise = np.zeros((len(at.Z[l]), steps.shape[1]))
    crossed = np.zeros(rise.shape, bool)
    width = max(len(Z) for Z in at.Z[min(l + 1, len(at.Z) - 1) :])
    n, i = np.nonzero((responding(at, l, steps, bend) & wanted[:, None]).T)
    for rows, columns in batches(n, steps, width):
        moves = steps[n[rows, None], columns]
        up, corner = propagate(at, l, (n[rows], i[rows]), moves, bend)
        collect(np.add, rise, i[rows], columns, up)
        if corner.any():
            collect(np.logical_or, crossed, i[rows], columns, corner)
    return rise, crossed


def collect(
    join: np.ufunc,
    total: NDArray[Any],
    units: NDArray[np.intp],
    columns: NDArray[np.intp],
    values: NDArray[Any],
) -> None:
    """Join rows of values to the total's rows of their units, which may repeat."""
    if not (units[1:] > units[:-1]).all():  # rows of several examples
        order = np.argsort(units, kind="stable")
        units, starts = np.unique(units[order], return_index=True)
        values = join.reduceat(values[order], starts)
    place = units[:, None], columns
    total[place] = join(total[place], values)


def responding(at: Trace, l: int, steps: Floats, bend: Difference) -> NDArray[np.bool_]:
    """Which unit's output moves in which example (n_l × examples) at the largest step of that example.

    Every g here is monotone, so that where the largest step changes nothing no step does: half of all relus.
    """
    Z, largest = at.Z[l], np.abs(steps).max(axis=1)
    if l == len(at.masks):
        return np.ones(Z.shape, bool)
    return (masked(bend(Z, largest + 0 * Z), at.masks[l]) != 0) | (
        masked(bend(Z, -largest + 0 * Z), at.masks[l]) != 0
    )


def batches(n: NDArray[np.intp], steps: Floats, width: int) -> Iterator[tuple[slice, NDArray[np.intp]]]:
    """Cut rows (of example n, in order of n) and columns so that width × 2 × rows × columns fits a batch.

    Columns whose steps are 0 in every example of a batch, as the black pixels of an image, are left out.
    """
    at_once = max(1, BATCH // (2 * width * steps.shape[1]))
    for start in range(0, len(n), at_once):
        rows = slice(start, start + at_once)
        columns = np.flatnonzero(steps[n[start] : n[rows][-1] + 1].any(axis=0))
        across = max(1, BATCH // (2 * width * at_once))
        for left in range(0, len(columns), across):
            yield rows, columns[left : left + across]
