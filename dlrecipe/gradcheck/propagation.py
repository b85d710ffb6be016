"""Propagate the perturbation of one unit through the layers above it, for many perturbations at once.

Moving W[l][i, j] or b[l][i] moves the pre-activation of unit i of layer l, and nothing before it. What
follows is propagated as differences, ΔZ → ΔA → ΔZ → … → Δloss, by the identities of `differences`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.gradcheck.differences import Bend, bend_of, loss_change_of, reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dlrecipe.gradcheck.differences import Difference, LossDifference
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True)
class Trace:
    """One forward pass at theta, computed here and not by the network under test; units are rows.

    Attributes:
        inputs: For l = 1 … L, what layer l sees and a row of ones for b[l]: ((n_{l−1} + 1) × examples).
        Z: Pre-activations of layers 1 … L: (n_l × examples).
        masks: Dropout masks of the hidden layers: (n_l × examples); None where nothing is dropped.
        outgoing: W[2], …, W[L], and the identity for the last layer, whose units are the loss's arguments.
        Y: Targets (n_L × examples).
        weights: What each example's loss counts (examples,).
        bend: How the activation changes.
        loss_change: How the loss changes.
    """

    inputs: list[Floats]
    Z: list[Floats]
    masks: list[Floats | None]
    outgoing: list[Floats]
    Y: Floats
    weights: Floats | None
    bend: Bend
    loss_change: LossDifference


def trace(
    network: Network,
    theta: Floats,
    X: Floats,
    Y: Floats,
    masks: Sequence[Floats | None] | None,
    weights: Floats | None = None,
) -> Trace:
    """Propagate X (examples × n_0) forward once."""
    layers = network.layout.layers(theta)
    dropped = [None if mask is None else mask.T for mask in masks or [None] * len(network.hidden)]
    inputs, Z, ones = [np.vstack((X.T, np.ones(len(X))))], [], np.ones(len(X))
    for l, (W, b) in enumerate(layers):
        Z.append(np.column_stack((W, b)) @ inputs[-1])
        if l < len(dropped):
            A, mask = network.activation.value(Z[-1]), dropped[l]
            inputs.append(np.vstack((A if mask is None else A * mask, ones)))
    outgoing = [W for W, _ in layers[1:]] + [np.eye(len(Z[-1]))]
    bend, loss_change = bend_of(network.activation), loss_change_of(network.loss)
    return Trace(inputs, Z, dropped, outgoing, Y.T, weights, bend, loss_change)


def crosses(Z: Floats, d: Floats) -> NDArray[np.bool_]:
    """Whether ±δ (… × R × J) carries any Z onto its corner at 0, across it, or off it (R × J)."""
    if reach(d) < np.abs(Z).min():
        return np.zeros(d.shape[-2:], bool)  # the common case
    return ((np.abs(d) >= np.abs(Z)) & (d != 0)).any(axis=tuple(range(d.ndim - 2)))


def masked(values: Floats, mask: Floats | None) -> Floats:
    """What dropout leaves of a hidden layer's values."""
    return values if mask is None else values * mask


def propagate(
    at: Trace, l: int, rows: tuple[NDArray[np.intp], NDArray[np.intp]], steps: Floats, bend: Difference
) -> tuple[Floats, NDArray[np.bool_]]:
    """Move the pre-activation of unit i of layer l by +step and by −step, in example n.

    Args:
        at: The forward pass.
        l: The layer, counted from 0.
        rows: n and i of each of R rows.
        steps: For each row, J perturbations of its pre-activation (R × J).
        bend: How the activation changes.

    Returns:
        How much more the weighted loss of example n is at +step than at −step (R × J), and whether a unit met
        its corner on the way (R × J).
    """
    n, i = rows
    crossed = np.zeros(steps.shape, bool)
    moved = steps[None]  # (1 × R × J) as long as −step does the opposite of +step, then (2 × R × J)
    if l < len(at.masks):
        mask = at.masks[l]
        moved = bent(
            at, bend, at.Z[l][i, n][:, None], None if mask is None else mask[i, n][:, None], moved, crossed
        )
    moved = at.outgoing[l][:, None, i, None] * moved  # ΔZ of the layer above: (units × 1 or 2 × R × J)
    for k in range(l + 1, len(at.Z) - 1):
        W, Z, mask = at.outgoing[k], at.Z[k], at.masks[k]
        change = bent(
            at, bend, Z[:, None, n, None], None if mask is None else mask[:, None, n, None], moved, crossed
        )
        moved = (W @ change.reshape(len(Z), -1)).reshape(len(W), *change.shape[1:])
    if moved.shape[1] == 1:
        moved = mirrored(moved)
    up, down = at.loss_change(at.Z[-1][:, None, n, None], at.Y[:, None, n, None], moved)
    rise = up - down
    return rise if at.weights is None else rise * at.weights[n, None], crossed


def bent(
    at: Trace, bend: Difference, Z: Floats, mask: Floats | None, d: Floats, crossed: NDArray[np.bool_]
) -> Floats:
    """ΔZ of a hidden layer to ΔA after dropout; marks in `crossed` (R × J) where a unit meets its corner."""
    opposite = at.bend.straight
    if at.bend.kinked:
        here = crosses(Z, masked(d, None if mask is None else mask != 0))
        crossed |= here
        opposite &= not here.any()
    if not opposite and d.shape[-3] == 1:
        d = mirrored(d)
    return masked(bend(Z, d), mask)


def mirrored(d: Floats) -> Floats:
    """Add what −step does, which is still the opposite of what +step does."""
    return np.concatenate((d, -d), axis=-3)
