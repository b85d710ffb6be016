"""Forward and backward for batches of one size: every NumPy call of a step, written out once.

These objects keep views of the theta they were made for. They live inside one epoch loop, which updates that
theta in place, and are never stored, copied or pickled.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.dropout import fill_mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.kernels import Call, Kernels
    from dlrecipe.training.problem import Examples


class Forward:
    """Z[L] of up to `examples` inputs, without dropout: what an evaluation runs."""

    def __init__(self, network: Network, theta: Floats, examples: int, kernels: Kernels) -> None:
        self._kernels, self._activation = kernels, network.activation.name
        self._layers = [(W.T, b) for W, b in network.layout.layers(theta)]
        self._buffers = [np.empty((examples, n), theta.dtype) for n in network.sizes[1:]]
        self._after: dict[int, list[Call]] = {}

    def of(self, X: Floats) -> tuple[Floats, list[Call]]:
        """Where Z[L] of X will stand, and the calls that put it there; all X share the buffers."""
        examples = len(X)
        if examples not in self._after:
            self._after[examples] = self._calls_after_first_product(examples)
        first = partial(np.dot, X, self._layers[0][0], self._buffers[0][:examples])
        return self._buffers[-1][:examples], [first, *self._after[examples]]

    def _calls_after_first_product(self, examples: int) -> list[Call]:
        """What is the same for all X of one size; made once, as some calls have buffers of their own."""
        calls: list[Call] = []
        last = len(self._layers) - 1
        for l, (W_T, b) in enumerate(self._layers):
            Z = self._buffers[l][:examples]
            if l:
                calls.append(partial(np.dot, self._buffers[l - 1][:examples], W_T, Z))
            calls += self._kernels.hidden(self._activation if l < last else "identity", Z, b)
        return calls


class Gradient:
    """The gradient of the mean loss over batches of exactly `examples`, written into dtheta.

    The output layer is kept as (n_L × examples), its few units as rows.
    """

    def __init__(
        self,
        network: Network,
        keep_prob: Sequence[float],
        theta: Floats,
        dtheta: Floats,
        batch: Examples,
        kernels: Kernels,
    ) -> None:
        """Write the step out.

        Args:
            network: What is computed.
            keep_prob: One per hidden layer.
            theta: Read at every call.
            dtheta: Written at every call.
            batch: Where the inputs, targets and weights of a batch will stand.
            kernels: What makes the elementwise passes.
        """
        self.batch = batch
        self._network, self._keep_prob, self._kernels = network, keep_prob, kernels
        self._layers = list(zip(network.layout.layers(theta), network.layout.layers(dtheta), strict=True))
        self._masks: list[tuple[Floats, float]] = []
        self._calls: list[Call] = []
        self._backward(*self._forward())

    def draw_masks(self, rng: np.random.Generator) -> None:
        """Draw the dropout masks of the next call."""
        for mask, keep_prob in self._masks:
            fill_mask(mask, keep_prob, rng)

    def __call__(self) -> None:
        """Compute dtheta for the batch that stands in its buffers, under the masks drawn last."""
        for call in self._calls:
            call()

    def _forward(self) -> tuple[list[Floats], list[Floats], list[Floats | None], Floats]:
        """Write the forward pass: A[0 …], the same after dropout, the masks, and dJ/dZ[L]."""
        activation = self._network.activation.name
        X, Y, weights = self.batch.X, self.batch.Y, self.batch.weights
        passed, dropped = [X], [X]
        masks: list[Floats | None] = [None]
        for ((W, b), _), keep_prob in zip(self._layers, self._keep_prob, strict=False):
            A = np.empty((len(X), len(b)), b.dtype)
            self._calls += [partial(np.dot, dropped[-1], W.T, A), *self._kernels.hidden(activation, A, b)]
            mask = np.empty_like(A) if keep_prob < 1 else None
            passed.append(A)
            dropped.append(A if mask is None else np.empty_like(A))
            masks.append(mask)
            if mask is not None:
                self._masks.append((mask, keep_prob))
                self._calls += self._kernels.drop(A, mask, dropped[-1])
        (W, b), _ = self._layers[-1]
        Z, d = np.empty((len(X), len(b)), b.dtype), np.empty((len(b), len(X)), b.dtype)
        delta = self._kernels.delta(self._network.loss.name, Z, b, Y, d)
        self._calls += [partial(np.dot, dropped[-1], W.T, Z), *delta]
        if weights is not None:
            self._calls.append(partial(np.multiply, d, weights, d))
        return passed, dropped, masks, d

    def _backward(
        self, passed: list[Floats], dropped: list[Floats], masks: list[Floats | None], delta: Floats
    ) -> None:
        """Write the backward pass from the last layer's dJ/dZ, as (n_L × examples)."""
        activation = self._network.activation.name
        ones, d = np.ones(len(self.batch), delta.dtype), delta.T
        for l in range(len(self._layers) - 1, -1, -1):
            (W, _), (dW, db) = self._layers[l]
            self._calls += [partial(np.dot, d.T, dropped[l], dW), partial(np.dot, d.T, ones, db)]
            if l:
                dA = np.empty_like(passed[l])
                slope = self._kernels.slope(activation, dA, passed[l], masks[l])
                self._calls += [partial(np.dot, d, W, dA), *slope]
                d = dA
