"""Why a large lambda makes a network simple: small weights keep tanh in its linear part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.lecture.boundary import boundary
from dlrecipe.lecture.sets import moons, on_disk
from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, trained
from dlrecipe.results import Line, Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained
    from dlrecipe.results import Figure, Plane

TRIALS = 6
LAMBDAS = (0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
SHOWN = (0.01, 1.0, 10.0)
"""Whose boundaries are drawn."""


class Linearity(NamedTuple):
    """How far a trained network is from a linear model, on its training examples.

    Attributes:
        norm: ‖W‖ of all weights.
        z: Root mean square of the hidden layer's z.
        inside: Fraction of the z between −½ and ½, where tanh z is z to within 8 %.
        bent: Share of the output's variance that the best linear function of the inputs leaves over.
    """

    norm: float
    z: float
    inside: float
    bent: float


def measure(seed: int, watch: Watch) -> Measurement:
    """Train at every lambda on several draws of the moons."""
    found, planes = [], []
    for number, trial in enumerate(watch(trials(seed, TRIALS))):
        with on_disk(train=moons(150, np.random.default_rng((trial, 3)), noise=0.3)) as paths:
            models = [_train(paths["train"], trial, value) for value in LAMBDAS]
        found.append([_linearity(model) for model in models])
        if number == 0:
            planes = [
                boundary(f"lambda {value:g}", model)
                for value, model in zip(LAMBDAS, models, strict=True)
                if value in SHOWN
            ]
    return _summary(np.array(found), planes)


def _train(path: str, seed: int, value: float) -> Trained:
    return trained(
        "exercise",
        data__source=path,
        data__dev=path,
        network__layers=[20],
        network__activation="tanh",
        training__lambda=value,
        seed=seed,
    )


def _linearity(model: Trained) -> Linearity:
    X, theta = in_float64(part(model.prepared, "train")).X, model.theta.astype(np.float64)
    (W, b), _ = model.network.layout.layers(theta)
    z, output = X @ W.T + b, model.network.logits(theta, X)[:, 0]
    linear = np.column_stack((X, np.ones(len(X))))
    left_over = output - linear @ np.linalg.lstsq(linear, output, rcond=None)[0]
    norm = float(np.linalg.norm(theta[model.network.layout.weights]))
    return Linearity(
        norm,
        float(np.sqrt((z * z).mean())),
        float((np.abs(z) < 0.5).mean()),
        float(left_over.var() / output.var()),
    )


def _summary(found: NDArray[np.float64], planes: list[Plane]) -> Measurement:
    """Summarise what was found (trials × lambdas × kinds of figure)."""
    small, large = found[:, 0], found[:, LAMBDAS.index(10.0)]
    norm, z, inside, bent = range(4)
    figures: tuple[Figure, ...] = (
        mean_of(
            "norm_ratio", "‖W‖ at lambda 10 by that at 0.01", (large / small)[:, norm].tolist(), below=0.5
        ),
        mean_of("z_ratio", "z at lambda 10 by z at 0.01", (large / small)[:, z].tolist(), below=0.5),
        mean_of(
            "linear_part_small",
            "z within ±½ at lambda 0.01",
            small[:, inside].tolist(),
            below=0.75,
            percent=True,
        ),
        mean_of(
            "linear_part_large",
            "z within ±½ at lambda 10",
            large[:, inside].tolist(),
            above=0.75,
            percent=True,
        ),
        mean_of(
            "bent_small",
            "not linear in the output at 0.01",
            small[:, bent].tolist(),
            above=0.02,
            percent=True,
        ),
        mean_of(
            "bent_large", "not linear in the output at 10", large[:, bent].tolist(), below=0.02, percent=True
        ),
    )
    curves = (
        Line("z within ±½", tuple(found[:, :, inside].mean(axis=0).tolist())),
        Line("not linear", tuple(found[:, :, bent].mean(axis=0).tolist())),
    )
    shares = Plot("shares along lambda", "lambda", LAMBDAS, curves, log_x=True, percent=True)
    return Measurement(figures, (shares, *planes))


TOPIC = Topic(
    name="large-lambda",
    claim=(
        "A large lambda keeps the weights small and with them z, so that tanh stays in its linear part, "
        "the whole network becomes nearly a linear function, and its decision boundary nearly a "
        "straight line."
    ),
    lecture=(
        "Why does a penalty on the weights prevent overfitting? One picture: with large lambda the "
        "weights go towards 0, many units hardly count, and what is left is a much smaller network.\n\n"
        "The other: tanh is nearly the identity around 0 and bends only farther out. Small W make z = "
        "W·a + b small, every layer is nearly linear, and linear layers on top of each other are one "
        "linear function. Such a network cannot draw the wild boundaries that overfit. Between too wild "
        "and too straight lies a lambda that is just right."
    ),
    experiment=(
        "20 tanh units learn 150 points of two noisy half moons, at seven values of lambda, on six "
        "draws. Measured are ‖W‖, the size of z, the share of z within ±½, and how much of the output's "
        "variance no linear function of the two inputs explains."
    ),
    yours="Along lambda the train error rises, and the dev error first falls and then rises as well:",
    commands=(
        "dlrecipe train exercise.yaml -S network.activation=tanh -S training.lambda=0.01",
        "dlrecipe train exercise.yaml -S network.activation=tanh -S training.lambda=10",
    ),
    measure=measure,
    files=("exercise.yaml", "exercise.csv"),
)
