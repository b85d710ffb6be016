"""How many dev examples it takes to tell two models apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.sets import moons, on_disk
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import part, trained
from dlrecipe.recipe.intervals import Z
from dlrecipe.recipe.resolution import POWER
from dlrecipe.results import Figure, Line, Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch

SIZES = (100, 1_000, 10_000)
POOL = 200_000
"""Fresh examples on which the two models' true errors are as good as known."""
DRAWS = 400


def measure(seed: int, watch: Watch) -> Measurement:
    """Train two models whose errors differ a little, and compare them on dev sets of three sizes."""
    rng = np.random.default_rng((seed, 1))
    wrong = _mistakes(seed, rng)
    true_gap = float(wrong[0].mean() - wrong[1].mean())
    paired, unpaired, right = [], [], []
    for size in watch(SIZES):
        differences = _differences(wrong, size, rng)
        right.append(float((differences["paired"] * np.sign(true_gap) > 0).mean()))
        paired.append(_detectable(differences["paired"]))
        unpaired.append(_detectable(differences["unpaired"]))
    return Measurement(_figures(true_gap, paired, unpaired, right), (_plot(paired, unpaired),))


def _mistakes(seed: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Where each of the two models is wrong on the pool (2 × POOL)."""
    wrong = []
    with on_disk(train=moons(600, rng, noise=0.3), pool=moons(POOL, rng, noise=0.3)) as paths:
        for layers in ([6], [20]):
            model = trained(
                "exercise",
                data__source=paths["train"],
                data__dev=paths["train"],
                data__test=paths["pool"],
                network__layers=layers,
                training__epochs=40,
                seed=seed,
            )
            pool = part(model.prepared, "test")
            logits = model.network.logits(model.theta, pool.X)
            wrong.append(model.network.loss.error(logits, pool.Y))
    return np.array(wrong, np.float64)


def _differences(
    wrong: NDArray[np.float64], size: int, rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """The measured difference of the two errors, on many dev sets of one size drawn from the pool."""
    first, second = (rng.integers(0, POOL, (DRAWS, size)) for _ in range(2))
    error = wrong[0][first].mean(axis=1)
    return {"paired": error - wrong[1][first].mean(axis=1), "unpaired": error - wrong[1][second].mean(axis=1)}


def _detectable(differences: NDArray[np.float64]) -> float:
    """The true difference that a 95 % interval leaves out 0 for in four of five comparisons."""
    return (Z + POWER) * float(differences.std(ddof=1))


def _figures(
    true_gap: float, paired: list[float], unpaired: list[float], right: list[float]
) -> tuple[Figure, ...]:
    sizes = [f"{size:,} dev examples" for size in SIZES]
    return (
        Figure("true_difference", "true difference of the two models", true_gap, percent=True),
        *(
            Figure(
                f"detectable_paired_{size}", f"detectable, paired, {text}", value, percent=True, below=limit
            )
            for size, text, value, limit in zip(SIZES, sizes, paired, (None, None, 0.015), strict=True)
        ),
        *(
            Figure(
                f"detectable_unpaired_{size}",
                f"detectable, unpaired, {text}",
                value,
                percent=True,
                above=limit,
            )
            for size, text, value, limit in zip(SIZES, sizes, unpaired, (0.06, None, None), strict=True)
        ),
        *(
            Figure(f"better_one_wins_{size}", f"the better model wins, {text}", value, percent=True)
            for size, text, value in zip(SIZES, sizes, right, strict=True)
        ),
        Figure(
            "gain_of_ten_times_the_examples",
            "detectable difference, 100 by 10,000 examples",
            math.sqrt(paired[0] / paired[-1] * unpaired[0] / unpaired[-1]),
            above=8.0,
            below=12.5,
        ),
        Figure(
            "gain_of_pairing",
            "detectable difference, unpaired by paired",
            math.prod(u / p for u, p in zip(unpaired, paired, strict=True)) ** (1 / len(SIZES)),
            above=1.1,
        ),
    )


def _plot(paired: list[float], unpaired: list[float]) -> Plot:
    curves = (Line("unpaired", tuple(unpaired)), Line("paired", tuple(paired)))
    return Plot(
        "detectable difference of two errors", "dev examples", SIZES, curves, log_x=True, percent=True
    )


TOPIC = Topic(
    name="dev-size",
    claim=(
        "A comparison of two models is only as sure as its dev set is large: 100 examples miss a "
        "difference of several points, 10,000 (1 % of a million) find one of about a point, and pairing "
        "the models on the same examples finds a smaller one still."
    ),
    lecture=(
        "With a hundred or ten thousand examples, people split them 60/20/20. With a million, 98/1/1 is "
        "enough: the dev set has to be large enough to tell which of two models is better, and no "
        "larger.\n\n"
        "What counts is therefore the number of dev examples, not their share. Chance moves a measured "
        "error by about the root of error·(1 − error)/n. To halve that you need four times the "
        "examples. Both models see the same dev examples, and hard ones are hard for both: on the "
        "difference some of the chance cancels."
    ),
    experiment=(
        "Two networks of different width are trained once; on 200,000 fresh examples their true errors "
        "are as good as known. Then 400 dev sets of each size are drawn, and the difference is measured "
        "on each: with both models on one set (paired), and each on a set of its own. Detectable is the "
        "true difference that a 95 % interval tells from zero in four comparisons of five."
    ),
    yours=(
        "dlrecipe prints each gap with its interval, and says how many dev examples would settle a "
        "verdict that is not certain. Give it the sizes that you have:"
    ),
    commands=(
        "dlrecipe diagnose --train-error 8% --dev-error 10% --dev-size 100",
        "dlrecipe diagnose --train-error 8% --dev-error 10% --dev-size 10000",
    ),
    measure=measure,
    files=("exercise.yaml", "exercise.csv"),
)
