"""Gradient checking of a configured network: at initialisation and again after some training."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import prepare
from dlrecipe.gradcheck import check_network
from dlrecipe.nn import draw_masks, initialize
from dlrecipe.results import GradientCheck, GradientReport
from dlrecipe.training import diverged, epochs, start, stream

if TYPE_CHECKING:
    from dlrecipe.config import Config
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results.gradient import Point

EXAMPLES = 100
"""Training examples that J is taken over unless told: every derivative is checked on few as on many."""


def gradcheck(
    config: Config,
    *,
    after_epochs: int = 5,
    epsilon: float = 1e-7,
    examples: int | None = None,
    method: Literal["fast", "naive"] = "fast",
    with_dropout: bool = False,
) -> GradientReport:
    """Compare backprop with two-sided differences, for every parameter, in float64.

    Args:
        config: From `load_config`.
        after_epochs: Epochs of training before the second check.
        epsilon: How far each parameter is moved.
        examples: Training examples that J is taken over.
        method: `naive` is the lecture's formula; `fast` moves one unit at a time by exact identities.
        with_dropout: Keep dropout on, with its masks frozen, instead of setting keep_prob to 1.

    Raises:
        DataError: The data are not what the config says.
    """
    prepared = prepare(config)
    checker = Checker(prepared, examples or EXAMPLES, epsilon, method, with_dropout)
    with limited(1):
        with np.errstate(over="ignore"):  # J is then not finite, and refused
            first = initialize(
                prepared.problem.network.layout,
                config.network.init,
                stream(config.seed, "initialization"),
            )
        checks = [checker.check(first, "initialization", 0)]
        went_astray: tuple[str, ...] = ()
        if after_epochs:
            theta, epoch, went_astray = _train(prepared, after_epochs)
            check = checker.check(theta, "after training", epoch)
            checks.append(replace(check, notes=(*went_astray, *check.notes)))
    return GradientReport(
        passed=not went_astray and all(check.passed for check in checks),
        epsilon=epsilon,
        parameters=prepared.problem.network.layout.size,
        method=method,
        examples=len(checker.batch),
        checks=tuple(checks),
    )


def _train(prepared: Prepared, after: int) -> tuple[Floats, int, tuple[str, ...]]:
    """Train for some epochs, as `train` would.

    Returns:
        The parameters, their epoch, and a note where training diverged: they are then the last good ones.
    """
    state = start(prepared.problem, prepared.config.network.init)
    theta, last, first = state.theta.astype(np.float64), 0, None
    for epoch in islice(epochs(prepared.problem, state), after + 1):
        first = first or epoch
        if diverged(epoch, first):
            note = (
                f"Training diverged in epoch {epoch.epoch}: the gradient is checked at epoch {last} instead, "
                f"and the check after training counts as not passed. Lower training.learning_rate (now "
                f"{prepared.config.training.learning_rate:g}), or normalise the inputs."
            )
            return theta, last, (note,)
        theta, last = state.theta.astype(np.float64), epoch.epoch
    return theta, last, ()


class Checker:
    """One batch of training examples, whose gradient is checked at several points."""

    def __init__(
        self,
        prepared: Prepared,
        examples: int,
        epsilon: float,
        method: Literal["fast", "naive"],
        with_dropout: bool,  # noqa: FBT001  # handed through from the public keyword
    ) -> None:
        self._network, self._m = prepared.problem.network, prepared.problem.m
        self._epsilon, self._method = epsilon, method
        self._seed, keep_prob = prepared.config.seed, prepared.problem.keep_prob
        train = prepared.examples(prepared.dataset.train, np.float64)
        rows = stream(self._seed, "check").permutation(self._m)[: min(examples, self._m)]
        self.batch = train.rows(rows)
        self._masks: list[Floats | None] | None = None
        self._notes: tuple[str, ...] = ()
        if any(keep < 1 for keep in keep_prob):
            if with_dropout:
                rng = stream(self._seed, "dropout")
                self._masks = draw_masks(self._network.hidden, keep_prob, len(rows), rng)
                self._notes = ("Dropout is on, with masks drawn once and frozen.",)
            else:
                self._notes = ("keep_prob is set to 1 for the check: with fresh masks J is not a function.",)

    def check(self, theta: Floats, at: Point, epoch: int) -> GradientCheck:
        """Check one theta."""
        found = check_network(
            self._network,
            theta,
            self.batch.X,
            self.batch.Y,
            masks=self._masks,
            m=self._m,
            weights=self.batch.weights,
            epsilon=self._epsilon,
            method=self._method,
            at=at,
            epoch=epoch,
            rng=stream(self._seed, "check", epoch + 1),
        )
        return replace(found, notes=(*self._notes, *found.notes))
