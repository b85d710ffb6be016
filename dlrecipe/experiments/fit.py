"""One training from its start or its checkpoint to its end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from dlrecipe.training import State, diverged, epochs, start, until_stale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.config import Config
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch
    from dlrecipe.results.training import Stopped
    from dlrecipe.runs import Checkpoint
    from dlrecipe.training import Problem
    from dlrecipe.training.kernels import Kernels

    Watch = Callable[[Iterator[Epoch]], Iterator[Epoch]]


@dataclass(frozen=True)
class Fit:
    """How a training ended.

    Attributes:
        theta: The parameters that are returned.
        best_epoch: The epoch they are from.
        history: All evaluations.
        stopped: Why it ended.
        state: The last state; its optimiser goes on from there.
    """

    theta: Floats
    best_epoch: int
    history: tuple[Epoch, ...]
    stopped: Stopped
    state: State


class Keeper(Protocol):
    """Keeps the state of a training, so that it can be resumed."""

    def epoch_ended(self, state: State, best: Floats, history: list[Epoch]) -> None:
        """Be told the end of an epoch: its state, the best parameters so far, all evaluations."""


class KeepsNothing:
    """A keeper for a training of which only the end is wanted."""

    def epoch_ended(self, *_: object) -> None:
        """Keep nothing."""


def fit(
    problem: Problem,
    config: Config,
    kernels: Kernels,
    saver: Keeper,
    checkpoint: Checkpoint | None = None,
    watch: Watch = iter,
) -> Fit:
    """Train until the epochs, the patience, the optimum or the user ends it.

    Args:
        problem: What to train.
        config: Its `patience` and `init` are used.
        kernels: What makes the elementwise passes.
        saver: Is told the end of every epoch.
        checkpoint: Where an earlier process stopped.
        watch: Passes the evaluations on, and may show them.
    """
    patience = config.training.patience
    past = checkpoint.history if checkpoint else ()
    state = checkpoint.state if checkpoint else start(problem, config.network.init)
    theta = checkpoint.best if checkpoint else state.theta.copy()
    history: list[Epoch] = []
    best_epoch = 0
    stopped: Stopped | None = None
    try:
        for epoch, better in until_stale(watch(chain(past, epochs(problem, state, kernels))), patience):
            history.append(epoch)
            if diverged(epoch, history[0]):
                stopped = "diverged"
                break
            if better or patience is None:
                best_epoch = epoch.epoch
                theta = theta if len(history) <= len(past) else state.theta.copy()
            if len(history) > len(past):
                saver.epoch_ended(state, theta, history)
    except KeyboardInterrupt:
        if not history:
            raise
        stopped = "interrupted"
    return Fit(theta, best_epoch, tuple(history), stopped or _why(state, problem.epochs), state)


def _why(state: State, planned: int) -> Stopped:
    if state.converged:
        return "converged"
    return "epochs" if state.epoch >= planned else "patience"
