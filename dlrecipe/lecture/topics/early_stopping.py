"""Early stopping: the weights grow with the iterations, and to stop in time is like an L2 penalty."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import trained
from dlrecipe.results import Figure, Line, Plot

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained

TRIALS = 12
LAMBDAS = (3, 10, 30)
EPOCHS = 250
INIT = 0.05
"""A small standard deviation: the lecture's w that starts near zero."""


def measure(seed: int, watch: Watch) -> Measurement:
    """Train to the end, to the best dev error, and with the best of a few lambdas."""
    found: dict[str, list[float]] = {}
    first: Trained | None = None
    for trial in watch(trials(seed, TRIALS)):
        whole = _train(trial)
        stopped = _train(trial, training__patience=20)
        penalised = min(
            (_train(trial, training__lambda=value) for value in LAMBDAS), key=lambda m: m.dev.error
        )
        first = first or whole
        norms = [epoch.weight_norm for epoch in whole.history]
        for name, value in (
            ("growing", fmean(after > before for before, after in pairwise(norms))),
            ("growth", norms[-1] / norms[0]),
            ("share", stopped.best_epoch / EPOCHS),
            ("saved", whole.test.error - stopped.test.error),
            ("l2", stopped.test.error - penalised.test.error),
            ("norm", stopped.history[stopped.best_epoch].weight_norm / norms[-1]),
            ("norm_l2", penalised.history[-1].weight_norm / norms[-1]),
        ):
            found.setdefault(name, []).append(value)
    return Measurement(_figures(found), _plots(first) if first else ())


def _train(seed: int, **changes: object) -> Trained:
    return trained("patients", seed=seed, network__init=INIT, training__epochs=EPOCHS, **changes)


def _figures(found: dict[str, list[float]]) -> tuple[Figure, ...]:
    return (
        mean_of(
            "epochs_with_growth",
            "epochs after which ‖W‖ is larger",
            found["growing"],
            above=0.8,
            percent=True,
        ),
        mean_of("growth", "‖W‖ at the end by ‖W‖ at the start", found["growth"], above=1.5),
        mean_of(
            "stopped_after", "epoch of the best dev error, of all", found["share"], below=0.5, percent=True
        ),
        mean_of("saved", "test error saved by stopping there", found["saved"], above=0.0, percent=True),
        mean_of(
            "more_than_l2",
            "test error above that of the best lambda, by",
            found["l2"],
            above=-0.08,
            below=0.08,
            percent=True,
        ),
        mean_of("norm_ratio", "‖W‖ when stopped by ‖W‖ at the end", found["norm"], below=0.9),
        mean_of("norm_ratio_l2", "‖W‖ with the best lambda by ‖W‖ at the end", found["norm_l2"], below=0.9),
    )


def _plots(model: Trained) -> tuple[Plot, Plot]:
    epochs = tuple(epoch.epoch for epoch in model.history)
    errors = tuple(
        Line(name, tuple(getattr(epoch, f"{name}_error") for epoch in model.history))
        for name in ("dev", "train")
    )
    norm = (Line("‖W‖", tuple(epoch.weight_norm for epoch in model.history)),)
    return Plot("error without a penalty", "epoch", epochs, errors, percent=True), Plot(
        "norm of all weights", "epoch", epochs, norm
    )


TOPIC = Topic(
    name="early-stopping",
    claim=(
        "The weights grow with the iterations while the dev error falls and rises again; to stop at its "
        "lowest point takes weights of middling size, and does about what the best L2 penalty does."
    ),
    lecture=(
        "Plot the dev error beside J. J keeps falling, the dev error falls and then rises. Early "
        "stopping takes the network from the lowest point. Why does it work? W starts near zero and "
        "grows with the iterations; stopping half-way leaves a middling ‖W‖, as an L2 penalty would.\n\n"
        "Its drawback: it mixes two jobs, to make J small and not to overfit. L2 keeps them apart, at "
        "the price of trying several lambdas, while a single training shows every moment to stop at."
    ),
    experiment=(
        "442 patients, 50 tanh units, small first weights, twelve splits. Each is trained for 250 "
        "epochs; to its best dev error; and with three lambdas, of which the best on the dev set is "
        "kept. What is compared is the test error, which no choice has looked at, in pairs."
    ),
    yours="`patience` is early stopping; the column `weight_norm` of a run's history shows W grow:",
    commands=(
        "dlrecipe train patients.yaml -S training.patience=20",
        "dlrecipe train patients.yaml -S training.lambda=10",
    ),
    measure=measure,
    files=("patients.yaml",),
)
