"""The Frobenius penalty as weight decay, step for step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.statistics import trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, prepared
from dlrecipe.nn import Penalty
from dlrecipe.results import Figure, Line, Plot
from dlrecipe.training import epochs, start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch
    from dlrecipe.training import Problem

TRIALS = 5
STEPS = 200
LAMBDA = 30.0


def measure(seed: int, watch: Watch) -> Measurement:
    """Take the same steps with the penalty in J and with decaying weights; with `gd`, then with `adam`."""
    apart: dict[str, list[NDArray[np.float64]]] = {"gd": [], "adam": []}
    norms: dict[str, tuple[float, ...]] = {}
    for trial in watch(trials(seed, TRIALS)):
        for optimizer, rate in (("gd", 0.3), ("adam", 0.003)):
            problem = _problem(trial, optimizer, rate)
            penalised, decayed = _with_penalty(problem), _with_decay(problem)
            apart[optimizer].append(_distance(penalised, decayed))
            if optimizer == "gd":
                norms = {"lambda 30": _norms(penalised), "lambda 0": _norms(_with_penalty(_without(problem)))}
    figures = (
        Figure("factor", "what each step leaves of W, 1 − rate·lambda/m", 1 - 0.3 * LAMBDA / problem.m),
        Figure(
            "gd_apart", "gd: largest distance of the two ways, relative", _largest(apart["gd"]), below=1e-12
        ),
        Figure("adam_apart", "adam: distance after 200 steps, relative", _last(apart["adam"]), above=1e-3),
    )
    steps = tuple(range(STEPS + 1))
    plot = Plot("norm of the weights", "step", steps, tuple(Line(*item) for item in norms.items()))
    return Measurement(figures, (plot,))


def _problem(seed: int, optimizer: str, rate: float) -> Problem:
    """Full-batch steps in float64, so that an epoch is a step and rounding stays out of the way."""
    what = prepared(
        "patients",
        seed=seed,
        training__optimizer=optimizer,
        training__learning_rate=rate,
        training__batch_size="full",
        training__epochs=STEPS,
        training__lambda=LAMBDA,
    )
    train, dev = in_float64(part(what, "train")), in_float64(part(what, "dev"))
    return replace(what.problem, train=train, dev=dev)


def _without(problem: Problem) -> Problem:
    return replace(problem, network=replace(problem.network, penalty=Penalty()))


def _with_penalty(problem: Problem) -> NDArray[np.float64]:
    """The weights after each step on J with its penalty (steps + 1 × weights)."""
    state = start(problem, "xavier")
    weights = state.theta[problem.network.layout.weights]
    return np.array([weights.copy() for _ in epochs(problem, state)])


def _with_decay(problem: Problem) -> NDArray[np.float64]:
    """The weights after each step on the loss alone, less (rate·λ/m)·W of the W before the step."""
    state = start(problem, "xavier")
    weights = state.theta[problem.network.layout.weights]
    share = problem.learning_rate * LAMBDA / problem.m
    path: list[NDArray[np.float64]] = []
    for _ in epochs(_without(problem), state):
        if path:
            weights -= share * path[-1]
        path.append(weights.astype(np.float64))
    return np.array(path)


def _distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """‖W − W′‖ / ‖W‖ after each step."""
    return np.asarray(np.linalg.norm(one - other, axis=1) / np.linalg.norm(one, axis=1))


def _norms(path: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(np.linalg.norm(path, axis=1).tolist())


def _largest(distances: list[NDArray[np.float64]]) -> float:
    return float(max(distance.max() for distance in distances))


def _last(distances: list[NDArray[np.float64]]) -> float:
    return float(min(distance[-1] for distance in distances))


TOPIC = Topic(
    name="weight-decay",
    claim=(
        "A step of gradient descent on J with the Frobenius penalty is a step on the loss alone after "
        "every weight has been multiplied by 1 − rate·lambda/m: weight decay, step for step."
    ),
    lecture=(
        "The gradient of (λ/2m)·‖W‖² is (λ/m)·W. Put it into the step: W := W − rate·(dW + (λ/m)·W) = "
        "(1 − rate·λ/m)·W − rate·dW. The second form shrinks W a little and then does what it would "
        "have done anyway. That is why the L2 penalty is also called weight decay.\n\n"
        "The identity is of plain gradient descent. Adam divides the gradient, penalty and all, by its "
        "own running size, so that a penalty there is no decay any more; that is what AdamW repairs."
    ),
    experiment=(
        "A network of 50 hidden units takes 200 steps on 265 patients in double precision, five times: "
        "once on J with lambda 30, and once on the loss alone, W being shrunk by hand in every step. "
        "Measured is how far apart the weights ever are. For comparison the same with adam, where they "
        "must part."
    ),
    yours="The column `weight_norm` of a run's history shows the decay on your data:",
    commands=(
        "dlrecipe train patients.yaml -S training.lambda=30",
        "dlrecipe train patients.yaml -S training.lambda=0",
    ),
    measure=measure,
    files=("patients.yaml",),
)
