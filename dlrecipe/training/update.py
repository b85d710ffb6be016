"""One pass over theta in blocks that fit the cache: penalty, optimiser and the proximal step of L1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.training.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats

BLOCK = 131_072
"""Parameters per block: theta, gradient, slots and scratch of one block stay in the second-level cache."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Views of one stretch of everything; where weights begin it, also of these alone."""

    theta: Floats
    g: Floats
    scratch: Floats
    slots: tuple[Floats, ...]
    weights: Floats
    weights_g: Floats
    weights_scratch: Floats


class Update:
    """The optimiser's step with the penalty in it, for one theta and its gradient.

    The L2 part joins the gradient (for gradient descent that is weight decay by 1 − rate·λ/m); the L1 part
    is a proximal step (soft threshold), which makes exact zeros. Biases get neither.
    Source: for L1 under adaptive steps, Yun et al. 2021 (ProxGen).
    """

    def __init__(
        self, network: Network, m: int, optimizer: str, theta: Floats, g: Floats, slots: Mapping[str, Floats]
    ) -> None:
        self._optimizer = OPTIMIZERS[optimizer]
        self._l1, self._l2 = network.penalty.l1(m), network.penalty.l2(m)
        ordered = tuple(slots[name] for name in self._optimizer.slots)
        scratch = np.empty(min(BLOCK, theta.size), theta.dtype)
        weights = network.layout.weights.stop
        self._blocks = [
            _cut(start, weights, theta, g, scratch, ordered) for start in range(0, theta.size, BLOCK)
        ]

    def __call__(self, rate: float, t: int) -> None:
        """Take step number t (from 1); uses up the gradient."""
        optimizer, l1, l2 = self._optimizer, self._l1, self._l2
        scalars, reach = optimizer.scalars(rate, t), optimizer.reach(rate, t, l1)
        for block in self._blocks:
            if l2:
                np.multiply(block.weights, l2, out=block.weights_scratch)
                np.add(block.weights_g, block.weights_scratch, out=block.weights_g)
            optimizer.step(block.theta, block.g, block.scratch, block.slots, scalars)
            if l1:
                soft_threshold(
                    block.weights, optimizer.threshold(block.weights_g, reach), block.weights_scratch
                )


def soft_threshold(W: Floats, threshold: float | Floats, scratch: Floats) -> None:
    """Move W towards zero by the threshold in place, and to exactly zero what is within it."""
    W -= np.clip(W, -threshold, threshold, out=scratch)


def _cut(
    start: int, weights: int, theta: Floats, g: Floats, scratch: Floats, slots: tuple[Floats, ...]
) -> _Block:
    here = slice(start, min(start + BLOCK, theta.size))
    part = slice(start, min(here.stop, max(weights, start)))
    return _Block(
        theta=theta[here],
        g=g[here],
        scratch=scratch[: here.stop - start],
        slots=tuple(slot[here] for slot in slots),
        weights=theta[part],
        weights_g=g[part],
        weights_scratch=scratch[: part.stop - start],
    )
