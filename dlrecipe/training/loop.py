"""Training as a generator of epochs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn import initialize
from dlrecipe.training.augment import Augmenter
from dlrecipe.training.batch import Gradient
from dlrecipe.training.evaluation import Monitor
from dlrecipe.training.lbfgs import Lbfgs
from dlrecipe.training.optimizers import OPTIMIZERS
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.streams import stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch
    from dlrecipe.training.kernels import Kernels
    from dlrecipe.training.problem import Problem


@dataclass
class State:
    """All that a training carries from one epoch to the next; arrays are updated in place.

    Attributes:
        theta: The parameters.
        slots: The optimiser's own arrays, by name.
        epoch: Epochs done.
        steps: Optimiser steps done.
        seconds: Time spent so far.
        converged: Whether the optimiser can go no lower.
    """

    theta: Floats
    slots: dict[str, Floats] = field(default_factory=dict)
    epoch: int = 0
    steps: int = 0
    seconds: float = 0.0
    converged: bool = False

    def copy(self) -> State:
        """A state that later epochs leave alone."""
        slots = {name: slot.copy() for name, slot in self.slots.items()}
        return State(self.theta.copy(), slots, self.epoch, self.steps, self.seconds, self.converged)


def start(problem: Problem, init: str | float) -> State:
    """The state before the first epoch, in the precision of the training examples."""
    rng = stream(problem.seed, "initialization")
    with np.errstate(over="ignore"):  # a wild standard deviation is told as divergence
        theta = initialize(problem.network.layout, init, rng).astype(problem.train.dtype)
    if problem.optimizer == "lbfgs":
        return State(theta, Lbfgs.empty(theta))
    slots = {name: np.zeros_like(theta) for name in OPTIMIZERS[problem.optimizer].slots}
    return State(theta, slots)


def epochs(problem: Problem, state: State, kernels: Kernels = PLAIN) -> Iterator[Epoch]:
    """Train, yielding a record after each epoch; before the first one, also the record of epoch 0.

    The state is advanced in place and consistent whenever a record is yielded: whoever wants to resume
    later copies it then. Stopping is the consumer's business.
    """
    began = time.perf_counter() - state.seconds
    monitor = Monitor(problem, state.theta, kernels)
    if problem.optimizer == "lbfgs":
        advance = _lbfgs(problem, state)
    else:
        advance = _mini_batches(problem, state, kernels)

    def measure(rate: float) -> Epoch:
        state.seconds = time.perf_counter() - began
        return monitor(state.epoch, state.seconds, rate)

    if state.epoch == 0:
        yield measure(problem.rate(0))
    while state.epoch < problem.epochs:
        rate = problem.rate(state.epoch)
        with np.errstate(all="ignore"):
            advance(rate)
        if state.converged:
            return
        state.epoch += 1
        yield measure(rate)


def _lbfgs(problem: Problem, state: State) -> Callable[[float], None]:
    with np.errstate(all="ignore"):
        lbfgs = Lbfgs(problem, state.theta, state.slots)

    def advance(_rate: float) -> None:
        state.converged = not lbfgs.iterate()

    return advance


def _mini_batches(problem: Problem, state: State, kernels: Kernels) -> Callable[[float], None]:
    m = problem.m
    size = min(problem.batch_size or m, m)
    dtheta = np.empty_like(state.theta)
    update = kernels.update(problem.network, m, problem.optimizer, state.theta, dtheta, state.slots)
    gradients = {k: _gradient(problem, state.theta, dtheta, k, kernels) for k in {size, m % size or size}}
    drops = any(keep_prob < 1 for keep_prob in problem.keep_prob)
    vary = Augmenter(problem.augmentation, size, problem.train.dtype) if problem.augmentation else None

    def batches() -> Iterator[Gradient]:
        """The gradients of an epoch's batches, each with its examples gathered."""
        if size == m and vary is None:
            yield gradients[m]
            return
        rng = stream(problem.seed, "shuffle", state.epoch)
        for group, order in problem.train.shuffled(rng, size):
            for begin in range(0, len(order), size):
                rows = order[begin : begin + size]
                gradient = gradients[len(rows)]
                group.gather(rows, gradient.batch)
                yield gradient

    def advance(rate: float) -> None:
        dropout = stream(problem.seed, "dropout", state.epoch) if drops else None
        variation = stream(problem.seed, "augment", state.epoch) if vary else None
        for gradient in batches():
            if vary and variation:
                vary(gradient.batch.X, variation)
            if dropout:
                gradient.draw_masks(dropout)
            gradient()
            state.steps += 1
            update(rate, state.steps)

    return advance


def _gradient(problem: Problem, theta: Floats, dtheta: Floats, size: int, kernels: Kernels) -> Gradient:
    """The gradient over batches of one size: buffers for what is gathered, or the whole set as it is."""
    whole = size == problem.m and problem.augmentation is None
    batch = problem.in_memory if whole else problem.train.rows(np.arange(size))
    return Gradient(problem.network, problem.keep_prob, theta, dtheta, batch, kernels)
