"""Whether the network can begin: its loss before training, one small batch by heart, its gradients."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.experiments.gradchecking import Checker
from dlrecipe.nn import Penalty, initialize
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding
from dlrecipe.training import Examples, Problem, epochs, score, start, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.raw import Indices
    from dlrecipe.experiments.checks.survey import Survey
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results.checks import FindingLevel

MANY = 10_000
"""Training examples that the loss before training is measured on at most."""
ODD, WRONG = 6.0, 15.0
"""Times the expected loss from which the start is odd, or spoils the first steps; He's weights make 3."""
BATCH = 20
"""Examples that must be learned by heart."""
STEPS = 1000
RATE = 0.01
LEARNED = {"classification": 0.0, "regression": 0.02}
"""Error at which the batch counts as learned by heart."""
SLICE = 20
"""Examples of the gradient check."""
MOST_PARAMETERS = 300_000
"""Parameters above which the gradient check is left to its own command."""


def look_at_start(survey: Survey) -> Iterator[Finding]:
    """Yield the loss at initialisation against that of a network that does not know anything."""
    prepared = survey.prepared
    if prepared is None:
        return
    network, theta = prepared.problem.network, _first(prepared)
    rows = stream(survey.config.seed, "check").permutation(prepared.problem.m)[:MANY]
    with np.errstate(all="ignore"):
        loss = score(network, theta, _batch(prepared, np.sort(rows))).loss
    expected, why = _expected(survey)
    ratio = loss / expected if math.isfinite(loss) else math.inf
    level: FindingLevel = "problem" if ratio > WRONG else "warning" if ratio > ODD else "info"
    title = (
        "The loss before training is as expected"
        if level == "info"
        else "The loss before training is too high"
    )
    because = f"It is {loss:.3g} nats, against {why}."
    if level != "info":
        because += " The first steps will be spent on making the outputs small, or blow up."
    fix = None
    if level != "info":
        fix = "data.normalize: true" if not survey.config.data.normalize else "network.init: lecun"
    yield Finding("initial_loss", level, title, because, fix)


def _expected(survey: Survey) -> tuple[float, str]:
    """Return the loss of a network whose outputs are all 0, in words too."""
    k = len(survey.classes)
    if not k:
        return 0.5, "½ for a network that predicts the mean (the target has variance 1)"
    p = np.bincount(survey.parts["train"].labels, minlength=k) / len(survey.parts["train"])
    mix = float(-(p[p > 0] * np.log(p[p > 0])).sum())
    return math.log(k), (
        f"ln {k} = {math.log(k):.3g} for a network that finds all classes equally likely, and {mix:.3g} for "
        "one that knows how frequent they are"
    )


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
    stuck = not after < before / 2
    init = survey.config.network.init
    yield Finding(
        "small_batch",
        "problem" if stuck else "warning",
        f"{count(len(rows), 'example')} can't be learned by heart",
        f"Without penalty and dropout, their error goes from {percent(before)} to {percent(after)} at best. "
        + (
            "All hidden units start equal and stay so."
            if init == "zeros"
            else "A network that can't do this is too narrow, saturated or dead, or its inputs say nothing."
        ),
        "network.init: he"
        if init == "zeros"
        else None
        if not survey.config.data.normalize
        else "network.layers: wider",
    )


def overfit(prepared: Prepared, rows: Indices) -> tuple[float, float, int]:
    """Train on these training examples alone.

    Returns:
        Error before, the lowest error after, and the steps that took.
    """
    network = replace(prepared.problem.network, penalty=Penalty())
    batch = _batch(prepared, rows)
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


def look_at_gradient(survey: Survey) -> Iterator[Finding]:
    """Yield whether backprop agrees with two-sided differences on a few examples."""
    prepared = survey.prepared
    if prepared is None:
        return
    parameters = prepared.problem.network.layout.size
    if parameters > MOST_PARAMETERS:
        yield Finding(
            "gradient",
            "info",
            "The gradient was not checked",
            f"{parameters:,} parameters take a while; `dlrecipe gradcheck` checks them all.",
        )
        return
    found = Checker(prepared, SLICE, 1e-7, "fast", with_dropout=False).check(
        _first(prepared), "initialization", 0
    )
    figures = (
        f"The relative difference of backprop and two-sided differences is {found.difference:.1e} over "
        f"{count(parameters, 'parameter')} and {count(min(SLICE, prepared.problem.m), 'example')}"
    )
    if found.passed:
        yield Finding("gradient", "info", "The gradient is right", f"{figures}; up to 1e-7 is great.")
    else:
        yield Finding(
            "gradient",
            "problem",
            "The gradient disagrees with two-sided differences",
            f"{figures}, above 1e-5. See the blocks with `dlrecipe gradcheck`.",
        )


def _first(prepared: Prepared) -> Floats:
    """Return theta before training, in float64."""
    config = prepared.config
    return initialize(
        prepared.problem.network.layout, config.network.init, stream(config.seed, "initialization")
    )


def _batch(prepared: Prepared, rows: Indices) -> Examples:
    return prepared.examples(prepared.dataset.train, np.float64).rows(rows)


def _different_rows(prepared: Prepared) -> Indices:
    """Return some training examples with different inputs, no more than the network has room for."""
    network, m = prepared.problem.network, prepared.problem.m
    room = network.layout.size // (4 * network.sizes[-1])
    rows = stream(prepared.config.seed, "check", 1).permutation(m)[: 5 * BATCH]
    X = np.asarray(_batch(prepared, rows).X)
    _, first = np.unique(X, axis=0, return_index=True)
    return rows[np.sort(first)][: max(2, min(BATCH, room))]
