"""Dropout as a penalty: it shrinks and spreads weights like an L2 that knows the activations' sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, draw_masks
from dlrecipe.results import Line, Plot
from dlrecipe.training import Examples, Problem, Schedule, epochs, start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch

    Floats = NDArray[np.float64]

TRIALS = 6
KEEP_PROB = 0.5
EXAMPLES, UNITS = 200, 8
STEPS = 2_000
DRAWS = 1_000
"""Masks over which J is averaged."""


class Weights(NamedTuple):
    """Weights of the linear output, found in several ways (UNITS each).

    Attributes:
        trained: By training with dropout.
        plain: The minimum of the loss without it.
        ridge: The minimum with the penalty that dropout is said to be.
        even: The minimum with an ordinary L2 of the same strength on average.
        sizes: Root mean squares of the activations.
    """

    trained: Floats
    plain: Floats
    ridge: Floats
    even: Floats
    sizes: Floats

    def apart(self, other: Floats) -> float:
        """How far the trained weights are from others, relative to those."""
        return float(np.linalg.norm(self.trained - other) / np.linalg.norm(other))

    @property
    def norm_ratio(self) -> float:
        """The norm with dropout by the norm without."""
        return float(np.linalg.norm(self.trained) / np.linalg.norm(self.plain))

    def largest_share(self, w: Floats) -> float:
        """The largest of the contributions |wⱼ|·aⱼ, as a share of them all."""
        contributions = np.abs(w) * self.sizes
        return float(contributions.max() / contributions.sum())


def measure(seed: int, watch: Watch) -> Measurement:
    """Train a linear output on fixed activations with dropout, and compare it with the ridge's minimum."""
    ratio, found = [], []
    for trial in watch(trials(seed, TRIALS)):
        A, y = _examples(np.random.default_rng((trial, 4)))
        network = Network((UNITS, UNITS, 1), ACTIVATIONS["identity"], LOSSES["squared"])
        ratio.append(_expected_penalty(network, A, y, trial))
        pull = np.diag((A * A).sum(axis=0)) * (1 - KEEP_PROB) / KEEP_PROB
        even = np.eye(UNITS) * np.trace(pull) / UNITS
        plain, ridge, shrunk = (_solve(A, y, pen) for pen in (0 * pull, pull, even))
        found.append(Weights(_train(network, A, y, trial), plain, ridge, shrunk, A.std(axis=0)))
    return _summary(ratio, found)


def _examples(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Activations that all tell the target, some better and some larger than others, and the target."""
    signal = rng.standard_normal(EXAMPLES)
    noise = np.linspace(0.3, 1.0, UNITS) * rng.standard_normal((EXAMPLES, UNITS))
    A = (signal[:, None] + noise) * np.tile((0.5, 1.5), UNITS // 2)
    y = signal + 0.3 * rng.standard_normal(EXAMPLES)
    return A - A.mean(axis=0), (y - y.mean()) / y.std()


def _passing_on(network: Network, w: Floats) -> Floats:
    """Theta whose hidden layer passes the activations on as they are, and whose output has the weights w."""
    theta = np.zeros(network.layout.size)
    (W1, _), (W2, _) = network.layout.layers(theta)
    W1[:], W2[:] = np.eye(UNITS), w
    return theta


def _expected_penalty(network: Network, A: Floats, y: Floats, seed: int) -> float:
    """What dropout adds to the loss of some weights on average, by (1−p)/p · Σⱼ wⱼ² · Σᵢ aᵢⱼ² / 2m."""
    rng = np.random.default_rng((seed, 5))
    w, Y = rng.standard_normal(UNITS) / UNITS, y[:, None]
    theta = _passing_on(network, w)
    dropped = [
        network.cost(theta, A, Y, draw_masks((UNITS,), (KEEP_PROB,), EXAMPLES, rng)) for _ in range(DRAWS)
    ]
    formula = (1 - KEEP_PROB) / KEEP_PROB * float(w * w @ (A * A).sum(axis=0)) / (2 * EXAMPLES)
    return (float(np.mean(dropped)) - network.cost(theta, A, Y)) / formula


def _solve(A: Floats, y: Floats, penalty: Floats) -> Floats:
    """The minimum of a ridge whose penalty is w·P·w / 2m."""
    return np.asarray(np.linalg.solve(A.T @ A + penalty, A.T @ y), np.float64)


def _train(network: Network, A: Floats, y: Floats, seed: int) -> Floats:
    """Output weights trained with dropout, the hidden layer held; their mean over the later half of steps."""
    examples = Examples(A, y[:, None])
    problem = Problem(
        network,
        examples,
        examples,
        "gd",
        0.1,
        None,
        STEPS,
        (KEEP_PROB,),
        seed,
        Schedule("inverse", {"decay": 0.01}),
    )
    state = start(problem, "zeros")
    held = _passing_on(network, np.zeros(UNITS))
    blocks = network.layout.blocks
    path = []
    for epoch in epochs(problem, state):
        for name in ("W1", "b1"):
            state.theta[blocks[name]] = held[blocks[name]]
        if epoch.epoch >= STEPS // 2:
            path.append(state.theta[blocks["W2"]].copy())
    return np.asarray(np.mean(path, axis=0))


def _summary(ratio: list[float], found: list[Weights]) -> Measurement:
    figures = (
        mean_of("penalty_by_formula", "what dropout adds to J, by the formula", ratio, above=0.9, below=1.1),
        mean_of(
            "from_ridge",
            "trained weights from the ridge's, relative",
            [w.apart(w.ridge) for w in found],
            below=0.05,
        ),
        mean_of("from_even_l2", "… from those of an even L2", [w.apart(w.even) for w in found], above=0.1),
        mean_of("from_plain", "… from those without a penalty", [w.apart(w.plain) for w in found], above=0.1),
        mean_of("norm_ratio", "norm with dropout by norm without", [w.norm_ratio for w in found], below=0.9),
        mean_of(
            "largest_share_plain",
            "without: the largest contribution's share",
            [w.largest_share(w.plain) for w in found],
            percent=True,
        ),
        mean_of(
            "largest_share_less_by",
            "with dropout it is less by",
            [w.largest_share(w.plain) - w.largest_share(w.trained) for w in found],
            above=0.02,
            percent=True,
        ),
    )
    first = found[0]
    names = {"dropout": first.trained, "ridge": first.ridge, "no penalty": first.plain}
    curves = tuple(Line(name, tuple(w.tolist())) for name, w in names.items())
    return Measurement(figures, (Plot("the output's weights", "unit", tuple(range(1, UNITS + 1)), curves),))


TOPIC = Topic(
    name="dropout-l2",
    claim=(
        "Dropout shrinks and spreads the weights: over a linear output it is, on average, an L2 penalty "
        "on each weight that grows with the size of its activation, and training with dropout ends at "
        "that ridge's minimum."
    ),
    lecture=(
        "Why does dropout work? A unit cannot rely on any one of its inputs, because each may vanish in "
        "the next step. It therefore spreads its weight over all of them, which shrinks the squared "
        "norm. So dropout acts like L2; it can be shown to be a form of it, with a pull on each weight "
        "that depends on the size of the activation it multiplies.\n\n"
        "For a linear output with squared loss this is exact. Averaged over the masks of keep_prob p, J "
        "gains (1−p)/p · Σⱼ wⱼ² · Σᵢ aᵢⱼ² / 2m: a ridge whose lambda is another one for each unit."
    ),
    experiment=(
        "Eight activations tell one target, some of them better, some of them larger than others. J is "
        "averaged over 1,000 masks and compared with the formula. Then the output is trained with "
        "keep_prob 0.5, the activations being held, and its weights are compared with three minima that "
        "are known from linear algebra. A unit's contribution is the size of its weight times that of "
        "its activation."
    ),
    yours=(
        "In a deep network the picture is rougher: where the classes can be told apart, weights may "
        "even grow. What counts is the dev error:"
    ),
    commands=(
        "dlrecipe train patients.yaml",
        "dlrecipe train patients.yaml -S network.keep_prob=0.5",
        "dlrecipe runs list",
    ),
    measure=measure,
    files=("patients.yaml",),
)
