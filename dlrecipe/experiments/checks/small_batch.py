"""Whether the network can learn a few examples by heart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.experiments.checks.first_theta import training_examples
from dlrecipe.nn import Penalty
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding
from dlrecipe.training import Problem, epochs, start, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.raw import Indices
    from dlrecipe.experiments.checks.survey import Survey
    from dlrecipe.experiments.prepare import Prepared

BATCH = 20
"""Examples that must be learned by heart."""
TELLING = 10
"""Examples below which a failure may be the bad luck of a few dead units."""
STEPS = 1000
RATE = 0.01
LEARNED = {"classification": 0.0, "regression": 0.02}
"""Error at which the batch counts as learned by heart."""


def look_at_small_batch(survey: Survey) -> Iterator[Finding]:
    """Yield whether the network can learn a few examples by heart; what can't do that can't learn."""
    prepared = survey.prepared
    if prepared is None:
        return
    rows = _different_rows(prepared)
    before, after, steps = overfit(prepared, rows)
    task = survey.task
    if after <= LEARNED[task]:
        yield Finding(
            "small_batch",
            "info",
            f"{count(len(rows), 'example')} are learned by heart",
            f"Without penalty and dropout, their error goes from {percent(before)} to {percent(after)} in "
            f"{count(steps, 'step')}.",
        )
        return
    stuck = len(rows) >= TELLING and not after < before / 2
    zeros = prepared.config.network.init == "zeros"
    why = (
        "All hidden units start equal and stay so."
        if zeros
        else "It is too narrow, saturated or dead, or its inputs say nothing."
    )
    yield Finding(
        "small_batch",
        "problem" if stuck or zeros else "warning",
        f"{count(len(rows), 'example')} can't be learned by heart",
        f"Without penalty and dropout, their error goes from {percent(before)} to {percent(after)} at best. "
        f"{why}",
        "network.init: he" if zeros else None if survey.config.data.normalize else "data.normalize: true",
    )


def overfit(prepared: Prepared, rows: Indices) -> tuple[float, float, int]:
    """Train on these training examples alone.

    Returns:
        Error before, the lowest error after, and the steps that took.
    """
    network = replace(prepared.problem.network, penalty=Penalty())
    batch = training_examples(prepared, rows)
    problem = Problem(
        network=network,
        train=batch,
        dev=batch,
        optimizer="adam",
        learning_rate=RATE,
        batch_size=None,
        epochs=STEPS,
        keep_prob=(1.0,) * len(network.hidden),
        seed=prepared.config.seed,
    )
    before, lowest, steps = math.inf, math.inf, 0
    for epoch in epochs(problem, start(problem, prepared.config.network.init)):
        before = epoch.train_error if epoch.epoch == 0 else before
        if epoch.train_error < lowest:
            lowest, steps = epoch.train_error, epoch.epoch
        if epoch.epoch and lowest <= LEARNED[prepared.dataset.task]:
            break
    return before, lowest, steps or STEPS


def _different_rows(prepared: Prepared) -> Indices:
    """Return some training examples with different inputs, no more than the network has room for."""
    network, m = prepared.problem.network, prepared.problem.m
    room = network.layout.size // (4 * network.sizes[-1])
    rows = stream(prepared.config.seed, "check", 1).permutation(m)[: 5 * BATCH]
    X = np.asarray(training_examples(prepared, rows).X)
    _, first = np.unique(X, axis=0, return_index=True)
    return rows[np.sort(first)][: max(2, min(BATCH, room))]
