"""Many small networks of one shape trained together: every NumPy call of a step serves all of them.

The networks may differ in seed, data, penalty, learning rate, schedule and keep_prob. Every array gets a
first axis of K networks: theta is (K × parameters), a batch (K × examples × n_0), and one `np.matmul` makes K
products. Each network draws from its own streams, in the order in which it would alone.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.training.batch import Gradient
from dlrecipe.training.evaluation import Monitor
from dlrecipe.training.optimizers import OPTIMIZERS
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.stacked_batch import StackedGradient
from dlrecipe.training.stacked_update import StackedUpdate
from dlrecipe.training.streams import stream
from dlrecipe.training.update import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch
    from dlrecipe.training.loop import State
    from dlrecipe.training.problem import Problem


PROBES = 8
"""Batches at most that `same_bits` compares per size: in one of few numbers a rounding may go unseen."""


def shape(problem: Problem) -> tuple[object, ...]:
    """What problems must have in common to be stacked."""
    network, theta = problem.network, problem.train.dtype
    kind = (network.sizes, network.activation.name, network.loss.name, problem.optimizer, theta)
    return (*kind, problem.m, problem.batch_size, problem.epochs)


def stacked_epochs(problems: Sequence[Problem], states: Sequence[State]) -> Iterator[tuple[Epoch, ...]]:
    """Train together, yielding each network's record after each epoch, and before the first that of epoch 0.

    The states are advanced in place as by `epochs`, and their arrays become rows of the stack's. Who wants to
    go on with some of the networks starts again with their states. A record's seconds are a network's share.

    Raises:
        UsageError: The problems have not one shape, or the states not one epoch.
    """
    _check(problems, states)
    began = time.perf_counter() - sum(state.seconds for state in states)
    advance = _mini_batches(problems, states, *_stack(states))
    monitors = [Monitor(p, state.theta, PLAIN) for p, state in zip(problems, states, strict=True)]

    def measure(rates: Sequence[float]) -> tuple[Epoch, ...]:
        for state in states:
            state.seconds = (time.perf_counter() - began) / len(states)
        measured = zip(monitors, states, rates, strict=True)
        return tuple(monitor(state.epoch, state.seconds, rate) for monitor, state, rate in measured)

    if states[0].epoch == 0:
        yield measure([p.rate(0) for p in problems])
    for epoch in range(states[0].epoch, problems[0].epochs):
        rates = [p.rate(epoch) for p in problems]
        with np.errstate(all="ignore"):
            advance(rates)
        for state in states:
            state.epoch += 1
        yield measure(rates)


def same_bits(problems: Sequence[Problem], thetas: Sequence[Floats]) -> bool:
    """Whether stacked gradients equal those of the networks alone to the last bit, here and in these shapes.

    BLAS chooses its ways by shape, so that a few batches of every size, at thetas that are not all zeros,
    show it. Where it is not so, a training must be marked as stacked, because alone it may not be repeated to
    the bit. Known is only the sign of some zeros, for batches of one example and a hidden layer of one unit.
    Nothing is promised about the signs of NaN once a network has diverged.
    """
    theta = np.stack(thetas)
    return all(_same_gradients(problems, theta, size) for size in _sizes(problems[0]))


def _same_gradients(problems: Sequence[Problem], theta: Floats, size: int) -> bool:
    dtheta, expected = np.empty_like(theta), np.empty_like(theta)
    stacked = StackedGradient(problems, theta, dtheta, size)
    alone = [
        Gradient(p.network, p.keep_prob, theta[k], expected[k], stacked.batch_of(k), PLAIN)
        for k, p in enumerate(problems)
    ]
    starts = range(0, problems[0].m - size + 1, size)
    for start in starts[:PROBES]:
        stacked.gather(np.tile(np.arange(start, start + size), (len(problems), 1)))
        stacked.draw_masks([stream(p.seed, "dropout", start) for p in problems])
        with np.errstate(all="ignore"):
            stacked()
            for p, gradient in zip(problems, alone, strict=True):
                gradient.draw_masks(stream(p.seed, "dropout", start))
                gradient()
        if dtheta.tobytes() != expected.tobytes():
            return False
    return True


def _stack(states: Sequence[State]) -> tuple[Floats, dict[str, Floats]]:
    """Put the states' arrays on top of each other, and give the states their rows of it."""
    theta = np.stack([state.theta for state in states])
    slots = {name: np.stack([state.slots[name] for state in states]) for name in states[0].slots}
    for k, state in enumerate(states):
        state.theta = theta[k]
        state.slots = {name: slot[k] for name, slot in slots.items()}
    return theta, slots


def _mini_batches(
    problems: Sequence[Problem], states: Sequence[State], theta: Floats, slots: dict[str, Floats]
) -> Callable[[Sequence[float]], None]:
    m, (size, *rest) = problems[0].m, _sizes(problems[0])
    dtheta = np.empty_like(theta)
    gradients = {k: StackedGradient(problems, theta, dtheta, k) for k in (size, *rest)}
    ordered = [slots[name] for name in OPTIMIZERS[problems[0].optimizer].slots]
    rows_at_once = max(1, BLOCK // theta.shape[1])
    blocks = [slice(k, k + rows_at_once) for k in range(0, len(problems), rows_at_once)]
    updates = [
        (here, StackedUpdate(problems[here], theta[here], dtheta[here], [slot[here] for slot in ordered]))
        for here in blocks
    ]
    dropping = [(p, any(keep_prob < 1 for keep_prob in p.keep_prob)) for p in problems]
    if size == m:
        gradients[m].gather(np.tile(np.arange(m), (len(problems), 1)))

    def batches(epoch: int) -> Iterator[StackedGradient]:
        """The gradients of an epoch's batches, each with its examples gathered."""
        if size == m:
            yield gradients[m]
            return
        order = np.stack([stream(p.seed, "shuffle", epoch).permutation(m) for p in problems])
        for begin in range(0, m, size):
            rows = order[:, begin : begin + size]
            gradient = gradients[rows.shape[1]]
            gradient.gather(rows)
            yield gradient

    def advance(rates: Sequence[float]) -> None:
        epoch = states[0].epoch
        dropout = [stream(p.seed, "dropout", epoch) if drops else None for p, drops in dropping]
        for gradient in batches(epoch):
            gradient.draw_masks(dropout)
            gradient()
            for state in states:
                state.steps += 1
            for here, update in updates:
                update(rates[here], states[0].steps)

    return advance


def _sizes(problem: Problem) -> list[int]:
    """The sizes of an epoch's batches, the usual one first."""
    size = min(problem.batch_size or problem.m, problem.m)
    return [size, problem.m % size] if problem.m % size else [size]


def _check(problems: Sequence[Problem], states: Sequence[State]) -> None:
    """Refuse what can't be stacked."""
    shapes = {shape(problem) for problem in problems}
    if len(shapes) != 1 or problems[0].optimizer not in OPTIMIZERS:
        raise UsageError(
            "Only trainings of one shape can be stacked, with one first-order optimizer "
            f"({', '.join(OPTIMIZERS)}). Got {len(shapes)} shapes, and {problems[0].optimizer!r}."
        )
    if any(problem.augmentation for problem in problems):
        raise UsageError("Trainings that vary their pictures cannot be stacked; train them one by one.")
    if len({(state.epoch, state.steps) for state in states}) != 1 or len(states) != len(problems):
        raise UsageError("Stacked trainings must stand at one epoch, with one state per problem.")
