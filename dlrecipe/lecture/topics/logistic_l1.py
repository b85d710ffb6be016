"""Logistic regression with L2 and with L1: sparse weights, and whether b should be penalised too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, trained
from dlrecipe.nn import LOSSES, Network, Penalty
from dlrecipe.results import Line, Plot
from dlrecipe.training import Problem, epochs, start

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained
    from dlrecipe.nn.arrays import Floats

TRIALS = 6
LAMBDA = 10.0


def measure(seed: int, watch: Watch) -> Measurement:
    """Fit both penalties on several splits, and L2 once more with b penalised."""
    zeros: dict[str, list[float]] = {"l1": [], "l2": []}
    harm, changed, moved = [], [], []
    models: dict[str, Trained] = {}
    for trial in watch(trials(seed, TRIALS)):
        models = {
            name: trained("logistic", seed=trial, training__lambda=LAMBDA, training__l1_ratio=ratio)
            for name, ratio in (("l1", 1.0), ("l2", 0.0))
        }
        for name, model in models.items():
            zeros[name].append(float((model.weights == 0).mean()))
        harm.append(models["l1"].dev.error - models["l2"].dev.error)
        free, held = _probabilities(trial, models["l2"])
        changed.append(float(((free > 0.5) != (held > 0.5)).mean()))
        moved.append(float(np.abs(free - held).mean()))
    figures = (
        mean_of("l1_zeros", "L1: coefficients that are exactly 0", zeros["l1"], above=0.4, percent=True),
        mean_of("l2_zeros", "L2: coefficients that are exactly 0", zeros["l2"], below=0.01, percent=True),
        mean_of("l1_dev_error_more_by", "L1: dev error above that of L2, by", harm, below=0.04, percent=True),
        mean_of(
            "changed_by_penalising_b",
            "b penalised: dev decisions that change",
            changed,
            below=0.04,
            percent=True,
        ),
        mean_of(
            "moved_by_penalising_b", "b penalised: probabilities move by", moved, below=0.03, percent=True
        ),
    )
    return Measurement(figures, (_plot(models),))


def _probabilities(seed: int, model: Trained) -> tuple[Floats, Floats]:
    """Dev probabilities of the L2 model, and of one whose b is penalised like the weights.

    No config penalises b. The weight of an input that is always 1 is a b with a penalty; the network's own b
    is set back to 0 after every step.
    """
    problem = model.prepared.problem
    train, dev = in_float64(part(model.prepared, "train")), in_float64(part(model.prepared, "dev"))
    ones = [replace(some, X=np.hstack((some.X, np.ones((len(some), 1))))) for some in (train, dev)]
    network = Network(
        (train.X.shape[1] + 1, 1), problem.network.activation, LOSSES["sigmoid"], Penalty(LAMBDA)
    )
    held = Problem(network, ones[0], ones[1], "momentum", 0.1, None, 800, (), seed)
    state = start(held, "zeros")
    for _ in epochs(held, state):
        state.theta[network.layout.weights.stop :] = 0
    return model.network.predict(model.theta, dev.X), network.predict(state.theta, ones[1].X)


def _plot(models: dict[str, Trained]) -> Plot:
    """The weights in the order of their size, of either penalty."""
    curves = tuple(
        Line(name.upper(), tuple(sorted(np.abs(model.weights).tolist(), reverse=True)))
        for name, model in models.items()
    )
    return Plot("sizes of the weights, the largest first", "weight", tuple(range(1, 31)), curves)


TOPIC = Topic(
    name="logistic-l1",
    claim=(
        "In logistic regression the L1 penalty makes many weights exactly zero and L2 none, at about "
        "the same dev error; and it hardly matters whether b is penalised."
    ),
    lecture=(
        "The same penalties serve logistic regression. L1 makes w sparse, which some like because the "
        "model gets smaller; in practice that compresses little, and L2 is used far more.\n\n"
        "Why is b left out? w has many entries, b is one number. It could be added to the penalty, but "
        "nothing much would change: nearly all of what can overfit is in w."
    ),
    experiment=(
        "Breast cancer, 30 inputs, lambda 10, six splits, each model at the minimum of its J. For the "
        "last two figures b is penalised too: as the weight of an input that is always 1, with the b of "
        "the network held at 0."
    ),
    yours=(
        "The zeros of an L1 model name the inputs that it does without: look at W1 in the run's `model.npz`, "
        "beside `columns`:"
    ),
    commands=("dlrecipe train logistic.yaml", "dlrecipe train logistic.yaml -S training.l1_ratio=0"),
    measure=measure,
    files=("logistic.yaml",),
)
