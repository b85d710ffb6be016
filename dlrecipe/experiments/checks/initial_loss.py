"""The loss before training, against that of a network that does not know anything."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.experiments.checks.first_theta import first_theta, training_examples
from dlrecipe.results import Finding
from dlrecipe.training import score, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey
    from dlrecipe.results.checks import FindingLevel

MANY = 10_000
"""Training examples that the loss before training is measured on at most."""
ODD, WRONG = 8.0, 40.0
"""Times the expected loss from which the start is odd, or spoils the first steps; He's make about 3."""


def look_at_start(survey: Survey) -> Iterator[Finding]:
    """Yield the loss at initialisation against that of a network that does not know anything."""
    prepared = survey.prepared
    if prepared is None:
        return
    network, theta = prepared.problem.network, first_theta(prepared)
    rows = stream(survey.config.seed, "check").permutation(prepared.problem.m)[:MANY]
    with np.errstate(all="ignore"):
        loss = score(network, theta, training_examples(prepared, np.sort(rows))).loss
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
