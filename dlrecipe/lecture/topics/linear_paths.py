"""Ridge, lasso and elastic net: how the coefficients of a linear model shrink along lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.statistics import trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import prepared, trained
from dlrecipe.results import Figure, Line, Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.lecture.topic import Watch

TRIALS = 4
LAMBDAS = tuple(float(value) for value in np.geomspace(1, 1000, 10))
SLACK = 1e-6
"""Where nothing shrinks any more, the minimum is found to this much."""
RATIOS = {"ridge": 0.0, "elastic_net": 0.5, "lasso": 1.0}


def measure(seed: int, watch: Watch) -> Measurement:
    """Fit every lambda of the three penalties, on several splits of the patients."""
    paths: dict[str, list[NDArray[np.float64]]] = {name: [] for name in RATIOS}
    for trial in watch(trials(seed, TRIALS)):
        for name, ratio in RATIOS.items():
            paths[name].append(_path(trial, ratio))
    stacked = {name: np.array(values) for name, values in paths.items()}
    inputs = prepared("linear").dataset.encoder.columns
    plots = tuple(_plot(name, values[0], inputs.tolist()) for name, values in stacked.items())
    return Measurement(_figures(stacked), plots)


def _path(seed: int, ratio: float) -> NDArray[np.float64]:
    """The coefficients at every lambda (lambdas × inputs)."""
    fits = [
        trained("linear", seed=seed, training__lambda=value, training__l1_ratio=ratio) for value in LAMBDAS
    ]
    return np.array([fit.weights for fit in fits])


def _figures(paths: dict[str, NDArray[np.float64]]) -> tuple[Figure, ...]:
    norms = {
        "ridge": np.square(paths["ridge"]).sum(axis=2),
        "lasso": np.abs(paths["lasso"]).sum(axis=2),
    }
    return (
        *(
            Figure(
                f"{name}_norm_steps_down",
                f"{name}: steps of lambda that shrink the norm",
                float((np.diff(norm, axis=1) <= SLACK).mean()),
                above=0.999,
                percent=True,
            )
            for name, norm in norms.items()
        ),
        Figure(
            "ridge_zeros",
            "ridge: coefficients that are exactly 0",
            _zeros(paths["ridge"]),
            below=0.001,
            percent=True,
        ),
        *(
            Figure(
                f"{name}_zeros_at_{LAMBDAS[place]:.0f}",
                f"{name.replace('_', ' ')}: exactly 0 at lambda {LAMBDAS[place]:.0f}",
                _zeros(paths[name][:, place]),
                above=0.2,
                percent=True,
            )
            for name in ("elastic_net", "lasso")
            for place in (6,)
        ),
        Figure(
            "lasso_zeros_at_1000",
            "lasso: exactly 0 at lambda 1000",
            _zeros(paths["lasso"][:, -1]),
            above=0.99,
            percent=True,
        ),
    )


def _zeros(path: NDArray[np.float64]) -> float:
    return float((path == 0).mean())


def _plot(name: str, path: NDArray[np.float64], inputs: list[str]) -> Plot:
    columns = zip(inputs, path.T.tolist(), strict=True)
    curves = tuple(Line(known, tuple(weights)) for known, weights in columns)
    return Plot(f"{name.replace('_', ' ')}: coefficients", "lambda", LAMBDAS, curves, log_x=True)


TOPIC = Topic(
    name="linear-paths",
    claim=(
        "As lambda grows the coefficients of ridge, elastic net and lasso shrink towards zero; lasso's "
        "and the elastic net's reach it exactly, one after the other, and ridge's never do."
    ),
    lecture=(
        "J = loss + (λ/2m)·‖w‖². A larger lambda makes large weights dear, and the minimum moves "
        "towards w = 0. With the L1 norm in the place of the square, w becomes sparse: many of its "
        "entries are zero.\n\n"
        "Why only then? The square's pull on a weight is proportional to the "
        "weight, and fades as it gets small. The pull of |w| stays what it is down to zero, and a "
        "weight that gains less than that is held there. The elastic net mixes both, and keeps "
        "correlated inputs together that the lasso would choose between."
    ),
    experiment=(
        "A linear model of 442 patients' diabetes is fitted to its minimum at ten values of lambda, for "
        "each penalty, on four splits. Counted are the steps of lambda that shrink the penalised norm, "
        "and coefficients that are 0 to the last bit."
    ),
    yours="With `layers: []` and `optimizer: lbfgs` your data have such a path; zeros are inputs not needed:",
    commands=(
        "dlrecipe train linear.yaml -S training.lambda=10",
        "dlrecipe train linear.yaml -S training.lambda=100",
    ),
    measure=measure,
    files=("linear.yaml",),
)
