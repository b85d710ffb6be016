"""Why inputs are normalised: J becomes round, and gradient descent goes straight to its minimum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.sets import on_disk
from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, prepared
from dlrecipe.results import Figure, Line, Plane, Plot
from dlrecipe.training import Problem, epochs, start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch

    Floats = NDArray[np.float64]

TRIALS = 6
MOST = 20_000
"""Steps after which the minimum counts as not reached."""
CLOSE = 1e-3
"""What may be left of J's first distance from its minimum."""
RATES = (0.5, 1.0, 1.5, 1.9)
"""Learning rates that are tried, by the curvature's largest: beyond 2 no step size is stable."""
CELLS = 36


def measure(seed: int, watch: Watch) -> Measurement:
    """Descend on raw and on normalised inputs, each with the best of a few rates."""
    steps: dict[bool, list[float]] = {False: [], True: []}
    conditions: dict[bool, list[float]] = {False: [], True: []}
    pictures: dict[bool, tuple[Plane, list[float]]] = {}
    for trial in watch(trials(seed, TRIALS)):
        with on_disk(train=_examples(np.random.default_rng((trial, 6)))) as paths:
            for normalize in (False, True):
                problem = _problem(paths["train"], trial, normalize)
                steps[normalize].append(min(len(_descend(problem, rate)) - 1 for rate in RATES))
                conditions[normalize].append(_condition(problem))
                if normalize not in pictures:
                    pictures[normalize] = _contours(problem, normalize), _descend(problem, 1.0)
    ratio = [raw / scaled for raw, scaled in zip(steps[False], steps[True], strict=True)]
    figures = (
        mean_of("steps_raw", "steps, raw inputs", steps[False]),
        mean_of("steps_normalized", "steps, normalised inputs", steps[True], below=50),
        mean_of("times_fewer_steps", "steps, raw by normalised", ratio, above=10),
        mean_of("condition_raw", "condition number of J, raw", conditions[False], above=100),
        mean_of("condition_normalized", "condition number of J, normalised", conditions[True], below=2),
        *_real_data(),
    )
    return Measurement(figures, (_plot(pictures), *(plane for plane, _ in pictures.values())))


def _examples(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Two inputs, from 0 to 10 and from 0 to 1, that count about the same, and the target."""
    X = rng.random((300, 2)) * (10.0, 1.0)
    return X, X @ (0.1, 1.0) + 0.1 * rng.standard_normal(300)


def _problem(path: str, seed: int, normalize: bool) -> Problem:  # noqa: FBT001  # the thing that is compared
    what = prepared(
        "scales",
        data__source=path,
        data__target=None,
        data__normalize=normalize,
        training__epochs=MOST,
        seed=seed,
    )
    train, dev = in_float64(part(what, "train")), in_float64(part(what, "dev"))
    return replace(what.problem, train=train, dev=dev)


def _curvature(problem: Problem) -> Floats:
    """The second derivatives of J by (w, b): a matrix that is the same everywhere."""
    X = problem.in_memory.X
    A = np.column_stack((X, np.ones(len(X))))
    return np.asarray(A.T @ A / len(X), np.float64)


def _condition(problem: Problem) -> float:
    return float(np.linalg.cond(_curvature(problem)))


def _minimum(problem: Problem) -> tuple[Floats, float]:
    """Theta at the minimum of J, and J there."""
    X, Y = problem.in_memory.X, problem.in_memory.Y
    A = np.column_stack((X, np.ones(len(X))))
    theta = np.linalg.lstsq(A, Y[:, 0], rcond=None)[0]
    return theta, problem.network.cost(theta, X, Y)


def _descend(problem: Problem, rate: float) -> list[float]:
    """J's distance from its minimum after each step, until nearly nothing is left of it."""
    largest = float(np.linalg.eigvalsh(_curvature(problem))[-1])
    _, lowest = _minimum(problem)
    chosen = replace(problem, learning_rate=rate / largest)
    left: list[float] = []
    for epoch in epochs(chosen, start(chosen, "zeros")):
        left.append(epoch.cost - lowest)
        if left[-1] <= CLOSE * left[0]:
            break
    return left


def _real_data() -> tuple[Figure, Figure]:
    """The condition numbers of 30 real inputs."""
    raw, scaled = (
        _condition(prepared("logistic", data__normalize=normalize).problem) for normalize in (False, True)
    )
    return (
        Figure("condition_breast_cancer_raw", "30 inputs of breast cancer: condition number, raw", raw),
        Figure("condition_breast_cancer_normalized", "… normalised", scaled, below=raw / 1000),
    )


def _contours(problem: Problem, normalize: bool) -> Plane:  # noqa: FBT001  # the thing that is compared
    """J around its minimum over w1 and w2, with b at its best, in eight bands."""
    theta, _ = _minimum(problem)
    X = problem.in_memory.X
    spread = np.cov(X.T, bias=True)
    reach = 1.0
    offsets = np.linspace(-reach, reach, CELLS)
    d1, d2 = np.meshgrid(offsets, offsets[::-1])
    moved = np.stack((d1, d2), axis=-1)
    distance = np.sqrt(np.einsum("...i,ij,...j", moved, spread, moved))
    bands = np.minimum((8 * distance / distance.max()).astype(int), 7)
    w1, w2 = (float(w) for w in theta[:2])
    title = f"J over w1 and w2, inputs {'normalised' if normalize else 'raw'}"
    return Plane(
        title,
        "w1",
        "w2",
        (w1 - reach, w1 + reach),
        (w2 - reach, w2 + reach),
        tuple(tuple(row) for row in bands.tolist()),
    )


def _plot(pictures: dict[bool, tuple[Plane, list[float]]]) -> Plot:
    """The way down of both, for a hundred steps at most; who has arrived stays."""
    ways = {("normalised" if normalize else "raw"): way for normalize, (_, way) in pictures.items()}
    length = min(max(map(len, ways.values())), 101)
    curves = tuple(
        Line(name, (*way[:length], *[way[-1]] * (length - len(way)))) for name, way in ways.items()
    )
    return Plot("what J is above its minimum", "step", tuple(range(length)), curves)


TOPIC = Topic(
    name="normalization",
    claim=(
        "With normalised inputs the contours of J are round and gradient descent reaches a given J in "
        "far fewer steps than with inputs of different size, whatever the learning rate."
    ),
    lecture=(
        "Subtract the mean of every input and divide by its standard deviation, with the statistics of "
        "the training set, also for dev and test. Why? If x1 runs from 0 to 1000 and x2 from 0 to 1, w1 "
        "and w2 end up of quite different size, and J over them is a long, narrow valley. The step that "
        "suits its walls is far too small along its floor.\n\n"
        "With inputs of one size J is round: every step points at the minimum, and a large one does no "
        "harm. How elongated J is says its condition number, the largest curvature by the smallest; the "
        "number of steps grows with it."
    ),
    experiment=(
        "A linear model of two inputs, one of them ten times as large, six draws of 300 examples. "
        "Counted are the steps of gradient descent until a thousandth of J's first distance from its "
        "minimum is left, with the best of four learning rates in each case."
    ),
    yours="`normalize: true` is the default. Switch it off to see what it saves you:",
    commands=(
        "dlrecipe train scales.yaml",
        "dlrecipe train scales.yaml -S data.normalize=true -S training.learning_rate=1",
    ),
    measure=measure,
    files=("scales.yaml", "scales.csv", "logistic.yaml"),
)
