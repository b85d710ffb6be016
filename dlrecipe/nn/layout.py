"""Where each W[l] and b[l] lies in the one flat vector theta."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True)
class Layout:
    """The blocks of theta: W[1], …, W[L], then b[1], …, b[L].

    Weights come first, so that the penalty is one slice and an optimiser step one vector expression.
    Views are cut on demand and never stored with theta: a stored view breaks silently under a copy.

    Attributes:
        sizes: (n_0, …, n_L): inputs, hidden units, outputs.
    """

    sizes: tuple[int, ...]

    @cached_property
    def blocks(self) -> dict[str, slice]:
        """The slice of theta for every `W1`, …, `WL`, `b1`, …, `bL`, in the order of theta."""
        lengths = {f"W{l}": n_in * n_out for l, (n_in, n_out) in enumerate(pairwise(self.sizes), 1)}
        lengths |= {f"b{l}": n_out for l, n_out in enumerate(self.sizes[1:], 1)}
        blocks, start = {}, 0
        for name, length in lengths.items():
            blocks[name] = slice(start, start + length)
            start += length
        return blocks

    @cached_property
    def weights(self) -> slice:
        """The slice of all weights, which the penalty is on; the biases follow it."""
        return slice(0, sum(n_in * n_out for n_in, n_out in pairwise(self.sizes)))

    @cached_property
    def size(self) -> int:
        """Number of parameters."""
        return int(self.weights.stop) + sum(self.sizes[1:])

    @property
    def depth(self) -> int:
        """L, the number of layers with parameters."""
        return len(self.sizes) - 1

    def layers(self, theta: Floats) -> list[tuple[Floats, Floats]]:
        """Cut (W[l], b[l]) for l = 1 … L out of theta, as views: (n_l × n_{l−1}) and (n_l)."""
        return [
            (theta[self.blocks[f"W{l}"]].reshape(n_out, n_in), theta[self.blocks[f"b{l}"]])
            for l, (n_in, n_out) in enumerate(pairwise(self.sizes), 1)
        ]
