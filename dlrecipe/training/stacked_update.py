"""The optimiser steps of K networks of one shape: `update.Update` with a first axis of networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.training.optimizers import OPTIMIZERS
from dlrecipe.training.stacked_batch import runs
from dlrecipe.training.update import soft_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.problem import Problem


class StackedUpdate:
    """`update.Update` of K networks at once, each with its own penalty and rate."""

    def __init__(
        self, problems: Sequence[Problem], theta: Floats, g: Floats, slots: Sequence[Floats]
    ) -> None:
        """Keep the (K × parameters) arrays, which every call changes."""
        self._optimizer = OPTIMIZERS[problems[0].optimizer]
        self._theta, self._g, self._slots, self._scratch = theta, g, slots, np.empty_like(theta)
        weights = problems[0].network.layout.weights
        self._weights = [array[:, weights] for array in (theta, g, self._scratch)]
        self._l1 = [p.network.penalty.l1(p.m) for p in problems]
        l2 = [p.network.penalty.l2(p.m) for p in problems]
        self._l2 = np.array(l2, theta.dtype)[:, None]
        self._with_l1, self._with_l2 = _where(self._l1), _where(l2)

    def __call__(self, rates: Sequence[float], t: int) -> None:
        """Take step number t (from 1); uses up the gradient."""
        optimizer, (W, g, scratch) = self._optimizer, self._weights
        for here in self._with_l2:
            np.multiply(W[here], self._l2[here], out=scratch[here])
            np.add(g[here], scratch[here], out=g[here])
        scalars = self._columns([optimizer.scalars(rate, t) for rate in rates])
        optimizer.step(self._theta, self._g, self._scratch, self._slots, scalars)
        for here in self._with_l1:
            numbers = zip(rates[here], self._l1[here], strict=True)
            reach = self._columns([optimizer.reach(rate, t, l1) for rate, l1 in numbers])
            soft_threshold(W[here], optimizer.threshold(g[here], reach), scratch[here])

    def _columns(self, numbers: list[tuple[float, ...]]) -> list[Floats]:
        """Each number of a step as a column with one row per network, in theta's precision."""
        return list(np.array(numbers, self._theta.dtype).T[:, :, None])


def _where(values: Sequence[float]) -> list[slice]:
    """The neighbours whose value is not 0; the others are left out, as alone, since 0·∞ is not 0."""
    return [run for run in runs(value != 0 for value in values) if values[run.start] != 0]
