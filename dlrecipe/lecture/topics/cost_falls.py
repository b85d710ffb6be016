"""J with its penalty is what gradient descent lowers; the loss alone may rise."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from dlrecipe.lecture.statistics import trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, prepared
from dlrecipe.results import Figure, Line, Plot
from dlrecipe.training import epochs, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.lecture.topic import Watch
    from dlrecipe.results import Epoch

TRIALS = 8
SMALL, LARGE = 0.05, 1.0
"""Two learning rates: one that J falls with at every step, and one that it does not."""


def measure(seed: int, watch: Watch) -> Measurement:
    """Descend several times from other starts, with each of the rates."""
    found: dict[float, list[tuple[Epoch, ...]]] = {SMALL: [], LARGE: []}
    for trial in watch(trials(seed, TRIALS)):
        for rate, histories in found.items():
            histories.append(_descend(trial, rate))
    first = found[SMALL][0]
    figures = (
        Figure(
            "cost_rises",
            "small rate: steps with a higher J, the most",
            _most(found[SMALL], "cost"),
            below=0.5,
        ),
        Figure(
            "loss_rises",
            "small rate: steps with a higher loss, the fewest",
            _fewest(found[SMALL], "loss"),
            above=0.5,
        ),
        Figure(
            "cost_rises_at_large_rate",
            "large rate: steps with a higher J, the fewest",
            _fewest(found[LARGE], "cost"),
            above=0.5,
        ),
    )
    curves = tuple(
        Line(name, tuple(getattr(epoch, name) for epoch in first)) for name in ("cost", "loss", "penalty")
    )
    plot = Plot("J, and what it consists of", "step", tuple(epoch.epoch for epoch in first), curves)
    return Measurement(figures, (plot,))


def _descend(seed: int, rate: float) -> tuple[Epoch, ...]:
    """Plain gradient descent in float64, so that rounding lifts nothing; an epoch is a step."""
    what = prepared(
        "patients",
        seed=seed,
        training__optimizer="gd",
        training__learning_rate=rate,
        training__batch_size="full",
        training__epochs=300,
        training__lambda=30,
    )
    train, dev = in_float64(part(what, "train")), in_float64(part(what, "dev"))
    problem = replace(what.problem, train=train, dev=dev)
    return tuple(epochs(problem, start(problem, "xavier")))


def _rises(history: Sequence[Epoch], name: str) -> int:
    """How often a column rose, until it was no number any more."""
    values = takewhile(math.isfinite, (getattr(epoch, name) for epoch in history))
    return sum(after > before for before, after in pairwise(values))


def _most(histories: list[tuple[Epoch, ...]], name: str) -> float:
    return float(max(_rises(history, name) for history in histories))


def _fewest(histories: list[tuple[Epoch, ...]], name: str) -> float:
    return float(min(_rises(history, name) for history in histories))


TOPIC = Topic(
    name="cost-falls",
    claim=(
        "With a small enough step, gradient descent lowers J with its penalty at every step, while the "
        "loss alone may rise; so what to plot is J as it is optimised."
    ),
    lecture=(
        "To see whether gradient descent works, plot J over the iterations: it should fall at every "
        "one. With regularisation J has a second term, and whoever plots the old J, the loss alone, may "
        "see it rise and look for a bug that is not there.\n\n"
        "The step follows the gradient of the sum. Once the loss is nearly flat, steps that gain more "
        "from smaller weights than they lose in fit are downhill, and the loss pays for them."
    ),
    experiment=(
        "300 steps of gradient descent over all 265 patients at lambda 30, from eight starts, in double "
        "precision; counted are the steps after which J, or the loss alone, is higher than before. With "
        "a large step even J rises: that is the bug this plot is for."
    ),
    yours=(
        "dlrecipe plots J, and `history.csv` has cost, loss and penalty apart. With mini-batches or "
        "dropout J may rise between epochs; turn both off to look for a bug:"
    ),
    commands=(
        (
            "dlrecipe train patients.yaml -S training.optimizer=gd -S training.batch_size=full "
            "-S training.learning_rate=0.05 -S training.lambda=30"
        ),
    ),
    measure=measure,
    files=("patients.yaml",),
)
