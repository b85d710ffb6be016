"""The state of each layer after training: its weights, and what its units answer on the dev set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import LayerState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.runs import Model

FLAT = 0.05
"""An answer of tanh or sigmoid within this part of its range from an end learns at a fifth of the speed."""


class Activity:
    """What the hidden units answered, summed over blocks of examples."""

    def __init__(self, model: Model) -> None:
        self._activation = model.network.activation.name
        self._alive = [np.zeros(n, bool) for n in model.network.hidden]
        self._flat = [0] * len(self._alive)
        self._examples = 0

    def add(self, hidden: Sequence[tuple[Floats, Floats]]) -> None:
        """Count a block: the layers' answers as `Network.forward` gives them, the inputs first."""
        self._examples += len(hidden[0][0])
        for l, (A, _) in enumerate(hidden[1:]):
            self._alive[l] |= (A != 0).any(axis=0)
            self._flat[l] += int(self._in_flat_ends(A).sum())

    def dead(self, l: int) -> int | None:
        """Return how many units of hidden layer l (from 0) never answered; None where g has no such state."""
        return int((~self._alive[l]).sum()) if self._activation == "relu" else None

    def saturated(self, l: int) -> float | None:
        """Return the fraction of answers in the flat ends; None where g has none."""
        if self._activation not in {"tanh", "sigmoid"}:
            return None
        return self._flat[l] / (self._examples * len(self._alive[l]))

    def _in_flat_ends(self, A: Floats) -> NDArray[np.bool_]:
        share = (A + 1) / 2 if self._activation == "tanh" else A
        return (share < FLAT) | (share > 1 - FLAT)


def layer_states(model: Model, activity: Activity) -> tuple[LayerState, ...]:
    """Return every layer's state, the output layer's last."""
    layers = model.network.layout.layers(model.theta.astype(np.float64))
    states = []
    for l, (W, _) in enumerate(layers):
        is_hidden = l < len(layers) - 1
        states.append(
            LayerState(
                name=f"W{l + 1}",
                units=W.shape[0],
                inputs=W.shape[1],
                weight_norm=float(np.linalg.norm(W)),
                zeros=float((W == 0).mean()),
                largest=float(np.abs(W).max()),
                dead=activity.dead(l) if is_hidden else None,
                saturated=activity.saturated(l) if is_hidden else None,
            )
        )
    return tuple(states)
