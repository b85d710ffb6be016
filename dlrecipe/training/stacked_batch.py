"""Forward and backward of K networks of one shape: `batch.Gradient` with a first axis of networks.

Each network's slice of every array has the strides that the array has alone: with others, BLAS may choose
another way and another last bit.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.nn.dropout import fill_mask
from dlrecipe.training.plain import OUTPUTS, slope_calls, value_calls
from dlrecipe.training.problem import Examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dlrecipe.nn import Layout
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.kernels import Call
    from dlrecipe.training.problem import Problem


class StackedGradient:
    """The gradients of K mean losses, each over its own batch, written into dtheta.

    Where only some networks drop units of a layer, the others multiply by ones, which moves no bit.
    """

    def __init__(self, problems: Sequence[Problem], theta: Floats, dtheta: Floats, size: int) -> None:
        """Write the step out.

        Args:
            problems: What is computed; of one `stacked.shape`.
            theta: (K × parameters), read at every call.
            dtheta: The same shape, written at every call.
            size: Examples per batch.
        """
        network, K = problems[0].network, len(problems)
        self.X, self.Y = (np.empty((K, size, n), theta.dtype) for n in (network.sizes[0], network.sizes[-1]))
        self.weights = _weights(problems, theta, size)
        self._sources = [(problems[run.start].in_memory, run) for run in runs(id(p.train) for p in problems)]
        both = zip(_layers(network.layout, theta), _layers(network.layout, dtheta), strict=True)
        self._layers = [(*parameters, *gradients) for parameters, gradients in both]
        self._keep_probs = [p.keep_prob for p in problems]
        self._masks: list[Floats | None] = [None]
        self._calls: list[Call] = []
        passed, dropped = self._forward(network.activation.name)
        self._backward(network.activation.name, passed, dropped, self._delta(network.loss.name, dropped[-1]))

    def gather(self, rows: Any) -> None:
        """Fetch each network's examples, by its row of (K × size) indices."""
        for train, run in self._sources:
            train.X.take(rows[run], 0, self.X[run], "clip")
            train.Y.take(rows[run], 0, self.Y[run], "clip")
            if self.weights is not None and train.weights is not None:
                train.weights.take(rows[run], 0, self.weights[run], "clip")

    def batch_of(self, k: int) -> Examples:
        """Where the batch of network k stands."""
        return Examples(self.X[k], self.Y[k], None if self.weights is None else self.weights[k])

    def draw_masks(self, rngs: Sequence[np.random.Generator | None]) -> None:
        """Draw the dropout masks of the next call, each network's from its own generator if it drops any."""
        for k, (keep_probs, rng) in enumerate(zip(self._keep_probs, rngs, strict=True)):
            for mask, keep_prob in zip(self._masks[1:], keep_probs, strict=True):
                if rng is not None and mask is not None and keep_prob < 1:
                    fill_mask(mask[k], keep_prob, rng)

    def __call__(self) -> None:
        """Compute dtheta for the batches that stand in X and Y, under the masks drawn last."""
        for call in self._calls:
            call()

    def _forward(self, activation: str) -> tuple[list[Floats], list[Floats]]:
        passed, dropped = [self.X], [self.X]
        for l, (W, b, _, _) in enumerate(self._layers[:-1]):
            A = np.empty((*self.X.shape[:2], b.shape[1]), b.dtype)
            self._calls.append(partial(np.matmul, dropped[-1], W.transpose(0, 2, 1), A))
            self._calls += [partial(np.add, A, b[:, None], A), *value_calls(activation)(A)]
            drops = any(keep_prob[l] < 1 for keep_prob in self._keep_probs)
            mask = np.ones_like(A) if drops else None
            passed.append(A)
            dropped.append(A if mask is None else np.empty_like(A))
            self._masks.append(mask)
            if mask is not None:
                self._calls.append(partial(np.multiply, A, mask, dropped[-1]))
        return passed, dropped

    def _delta(self, loss: str, A: Floats) -> Floats:
        """Write the output layer and dJ/dZ[L], (K × n_L × examples), and return it with units last."""
        W, b, _, _ = self._layers[-1]
        Z, d = np.empty_like(self.Y), np.empty((*b.shape, self.Y.shape[1]), b.dtype)
        units_first = d.transpose(1, 0, 2)
        self._calls += [
            partial(np.matmul, A, W.transpose(0, 2, 1), Z),
            partial(np.add, Z.transpose(0, 2, 1), b[:, :, None], d),
            *OUTPUTS[loss](units_first),
            partial(np.subtract, d, self.Y.transpose(0, 2, 1), d),
            partial(np.multiply, d, 1 / self.Y.shape[1], d),
        ]
        if self.weights is not None:
            self._calls.append(partial(np.multiply, d, self.weights[:, None], d))
        return d.transpose(0, 2, 1)

    def _backward(self, activation: str, passed: list[Floats], dropped: list[Floats], d: Floats) -> None:
        ones = np.ones(d.shape[1], d.dtype)
        for l in range(len(self._layers) - 1, -1, -1):
            W, _, dW, db = self._layers[l]
            turned, mask = d.transpose(0, 2, 1), self._masks[l]
            self._calls += [partial(np.matmul, turned, dropped[l], dW), partial(np.matmul, turned, ones, db)]
            if l:
                dA = np.empty_like(passed[l])
                self._calls.append(partial(np.matmul, d, W, dA))
                if mask is not None:
                    self._calls.append(partial(np.multiply, dA, mask, dA))
                self._calls += slope_calls(activation)(dA, passed[l])
                d = dA


def _weights(problems: Sequence[Problem], theta: Floats, size: int) -> Floats | None:
    """Where the weights of the batches will stand (K × size); ones for networks without, as without any."""
    weighted = any(problem.in_memory.weights is not None for problem in problems)
    return np.ones((len(problems), size), theta.dtype) if weighted else None


def runs(keys: Iterable[object]) -> Iterator[slice]:
    """The stretches of equal neighbours."""
    start = 0
    for _, equal in groupby(keys):
        stop = start + sum(1 for _ in equal)
        yield slice(start, stop)
        start = stop


def _layers(layout: Layout, theta: Floats) -> Iterator[tuple[Floats, Floats]]:
    """(W[l], b[l]) for l = 1 … L out of (K × parameters), as views: (K × n_l × n_{l−1}) and (K × n_l)."""
    for l, (n_in, n_out) in enumerate(pairwise(layout.sizes), 1):
        W, b = theta[:, layout.blocks[f"W{l}"]], theta[:, layout.blocks[f"b{l}"]]
        yield W.reshape(len(theta), n_out, n_in), b
