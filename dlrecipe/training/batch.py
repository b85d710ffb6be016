"""Forward and backward for batches of one size, in buffers that are allocated once.

These objects keep views of the theta they were made for. They live inside one epoch loop, which updates that
theta in place, and are never stored, copied or pickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.dropout import fill_mask
from dlrecipe.training import kernels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats


class Forward:
    """Z[L] of up to `examples` inputs, without dropout: what an evaluation runs."""

    def __init__(self, network: Network, theta: Floats, examples: int) -> None:
        self._layers = [(W.T, b) for W, b in network.layout.layers(theta)]
        self._buffers = [np.empty((examples, n), theta.dtype) for n in network.sizes[1:]]
        self._scratch = [np.empty_like(buffer) for buffer in self._buffers]
        self._value = kernels.VALUES[network.activation.name]

    def __call__(self, X: Floats) -> Floats:
        """Z[L] for X; overwritten by the next call."""
        A, last = X, len(self._layers) - 1
        for l, (W_T, b) in enumerate(self._layers):
            Z = self._buffers[l][: len(X)]
            np.dot(A, W_T, out=Z)
            Z += b
            if l < last:
                self._value(Z, self._scratch[l][: len(X)])
            A = Z
        return A


class Gradient:
    """The gradient of the mean loss over batches of exactly `examples`, written into dtheta.

    Attributes:
        X: Where the batch's inputs go before a call (examples × n_0).
        Y: Where its targets go (examples × n_L).
    """

    def __init__(
        self, network: Network, keep_prob: Sequence[float], theta: Floats, dtheta: Floats, examples: int
    ) -> None:
        dtype, hidden = theta.dtype, network.hidden
        self.X = np.empty((examples, network.sizes[0]), dtype)
        self.Y = np.empty((examples, network.sizes[-1]), dtype)
        self._layers = network.layout.layers(theta)
        self._gradients = network.layout.layers(dtheta)
        self._keep_prob = keep_prob
        self._A = [np.empty((examples, n), dtype) for n in network.sizes[1:]]
        self._d = [np.empty((examples, n), dtype) for n in hidden]
        self._scratch = [np.empty((examples, n), dtype) for n in network.sizes[1:]]
        self._positive = [np.empty((examples, n), np.bool_) for n in hidden]
        self._masks = [
            np.empty((examples, n), dtype) if keep < 1 else None
            for n, keep in zip(hidden, keep_prob, strict=True)
        ]
        self._dropped = [
            A if mask is None else np.empty_like(A) for A, mask in zip(self._A, self._masks, strict=False)
        ]
        self._ones = np.ones(examples, dtype)
        self._value = kernels.VALUES[network.activation.name]
        self._slope = kernels.SLOPES[network.activation.name]
        self._output = kernels.OUTPUTS[network.loss.name]

    def __call__(self, rng: np.random.Generator) -> None:
        """Compute dtheta for the batch in X and Y, drawing dropout masks from rng."""
        self._forward(rng)
        self._backward()

    def _forward(self, rng: np.random.Generator) -> None:
        A, last = self.X, len(self._layers) - 1
        for l, (W, b) in enumerate(self._layers):
            Z = self._A[l]
            np.dot(A, W.T, out=Z)
            Z += b
            if l == last:
                self._output(Z, self._scratch[l])
                return
            self._value(Z, self._scratch[l])
            mask = self._masks[l]
            if mask is not None:
                fill_mask(mask, self._keep_prob[l], rng)
                np.multiply(Z, mask, out=self._dropped[l])
            A = self._dropped[l]

    def _backward(self) -> None:
        d = self._A[-1]
        d -= self.Y
        d *= 1 / len(d)
        for l in range(len(self._layers) - 1, -1, -1):
            dW, db = self._gradients[l]
            np.dot(d.T, self._dropped[l - 1] if l else self.X, out=dW)
            np.dot(self._ones, d, out=db)
            if l:
                dA = np.dot(d, self._layers[l][0], out=self._d[l - 1])
                mask = self._masks[l - 1]
                if mask is not None:
                    dA *= mask
                self._slope(dA, self._A[l - 1], self._scratch[l - 1], self._positive[l - 1])
                d = dA
