"""The classic exercise: one noisy set in the plane, without a cure, with L2 and with dropout."""

from __future__ import annotations

from statistics import fmean, stdev
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.boundary import boundary
from dlrecipe.lecture.sets import moons, on_disk
from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import trained
from dlrecipe.recipe.intervals import Z
from dlrecipe.results import Figure, Line, Plot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained

TRIALS = 20
EXAMPLES, FRESH = 120, 20_000
"""Training examples of a trial, and fresh ones that its true error is measured on."""
FEW = 200
"""Dev examples that the exercise usually has."""
CURES: Mapping[str, Mapping[str, object]] = {
    "none": {},
    "l2": {"training__lambda": 1},
    "dropout": {"network__keep_prob": 0.8},
}


def measure(seed: int, watch: Watch) -> Measurement:
    """Train each cure on the same draws, and compare the errors on fresh examples in pairs."""
    models: dict[str, list[Trained]] = {name: [] for name in CURES}
    errors: dict[str, list[float]] = {name: [] for name in CURES}
    for trial in watch(trials(seed, TRIALS)):
        rng = np.random.default_rng((trial, 8))
        train, fresh = moons(EXAMPLES, rng, noise=0.3), moons(FRESH, rng, noise=0.3)
        with on_disk(train=train, fresh=fresh) as paths:
            for name, change in CURES.items():
                model = trained(
                    "exercise",
                    data__source=paths["train"],
                    data__dev=paths["train"],
                    data__test=paths["fresh"],
                    seed=trial,
                    **change,
                )
                models[name].append(model)
                errors[name].append(model.test.error)
    planes = tuple(
        boundary(f"{_spoken(name)}: {100 * errors[name][0]:.1f} % wrong", found[0])
        for name, found in models.items()
    )
    return Measurement(_figures(models, errors), (_plot(errors), *planes))


def _figures(models: dict[str, list[Trained]], errors: dict[str, list[float]]) -> tuple[Figure, ...]:
    gap = {
        name: [error - model.train.error for error, model in zip(errors[name], models[name], strict=True)]
        for name in CURES
    }
    chance = [2 * Z * (error * (1 - error) / FEW) ** 0.5 for error in errors["l2"]]
    return (
        *(
            mean_of(f"error_{name}", f"{_spoken(name)}: error on fresh examples", errors[name], percent=True)
            for name in CURES
        ),
        *(
            mean_of(
                f"error_less_by_{name}",
                f"{_spoken(name)}: less than with none by",
                _less(errors, name),
                above=least,
                percent=True,
            )
            for name, least in (("l2", 0.0), ("dropout", -0.01))
        ),
        *(
            mean_of(
                f"variance_less_by_{name}",
                f"{_spoken(name)}: variance less by",
                _less(gap, name),
                above=0.0,
                percent=True,
            )
            for name in ("l2", "dropout")
        ),
        mean_of("interval_of_200", "width of the interval from 200 dev examples", chance, percent=True),
        Figure(
            "interval_by_difference",
            "… by what L2 gains: one dev set of 200 decides nothing",
            fmean(chance) / fmean(_less(errors, "l2")),
            above=1.0,
        ),
        Figure(
            "spread_of_draws",
            "standard deviation of what L2 gains, from draw to draw",
            stdev(_less(errors, "l2")),
            percent=True,
        ),
    )


def _less(values: dict[str, list[float]], cure: str) -> list[float]:
    """How much less a cure leaves, draw by draw."""
    return [none - cured for none, cured in zip(values["none"], values[cure], strict=True)]


def _spoken(name: str) -> str:
    return "L2" if name == "l2" else name


def _plot(errors: dict[str, list[float]]) -> Plot:
    draws = tuple(range(1, TRIALS + 1))
    return Plot(
        "error on fresh examples",
        "draw",
        draws,
        tuple(Line(_spoken(n), tuple(e)) for n, e in errors.items()),
        percent=True,
    )


TOPIC = Topic(
    name="regularization-exercise",
    claim=(
        "On a noisy set in the plane L2 and dropout both overfit less than no regularisation, and L2 makes "
        "fewer errors; but the difference is smaller than what a single dev set of 200 examples can tell."
    ),
    lecture=(
        "The exercise that goes with the lecture: points of two classes in the plane, with noise, and a "
        "network large enough to draw a line around every one of them. Train it without regularisation, "
        "with L2, with dropout, and look at the boundaries and the test errors.\n\n"
        "The boundaries show it at a glance: the islands around single points disappear. The figures "
        "need more care than they usually get. A difference of two points on 200 test examples is four "
        "examples, and what dropout gains here takes dozens of draws to be seen at all."
    ),
    experiment=(
        "Half moons with noise, 120 training examples, 50 and 20 hidden units; without a cure, with "
        "lambda 1, with keep_prob 0.8; on 20 draws, compared in pairs on 20,000 fresh examples. Beside "
        "it stands how wide the interval of one error is if there are only 200 dev examples."
    ),
    yours="The same three trainings on the shipped draw; then put your own CSV file in its place:",
    commands=(
        "dlrecipe train exercise.yaml",
        "dlrecipe train exercise.yaml -S training.lambda=1",
        "dlrecipe train exercise.yaml -S network.keep_prob=0.8",
        "dlrecipe runs list",
    ),
    measure=measure,
    files=("exercise.yaml", "exercise.csv"),
)
