"""What other kinds of models reach on the same split, by scikit-learn: evidence of what is attainable."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from dlrecipe.errors import UsageError
from dlrecipe.experiments.repeated_rows import noise_of
from dlrecipe.recipe import error_interval
from dlrecipe.recipe.attainable import attainable as estimate
from dlrecipe.results import Reference

if TYPE_CHECKING:
    import numpy.typing as npt

    from dlrecipe.data import Part
    from dlrecipe.data.raw import Floats, Indices
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.results import Attainable

MOST_ROWS = 20_000
"""Training rows that the references are fitted to at most; of more, a random choice."""


def attainable(prepared: Prepared) -> Attainable:
    """Estimate the error that can be reached on these data.

    A linear model, nearest neighbours and gradient boosting are fitted to the training part as the network
    sees it and judged on dev; the test part is not looked at. Repeated training rows with different targets
    give a lower bound.

    Args:
        prepared: A config with its data.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    _require_sklearn()
    rng = np.random.default_rng(prepared.config.seed)
    train, dev = (_some(part, rng) for part in (prepared.dataset.train, prepared.dataset.dev))
    models = _models(prepared, len(train[1]))  # loaded before their threads are limited
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a solver that stops at its limit: the figure is what it reached
        found = [_judge(name, model, train, dev, prepared) for name, model in models]
        noise = noise_of(*train, prepared)
    return estimate(found, noise)


def _require_sklearn() -> None:
    if find_spec("sklearn") is None:
        raise UsageError(
            "References need scikit-learn, which is not installed: "
            'python -m pip install "dlrecipe[sklearn]", or leave out --references.'
        )


def _some(part: Part, rng: np.random.Generator) -> tuple[Floats, Indices | Floats]:
    rows = np.sort(rng.permutation(len(part))[:MOST_ROWS])
    return np.asarray(part.X[rows], np.float64), part.y[rows]


def _models(prepared: Prepared, m: int) -> list[tuple[str, Any]]:
    """Return the references, unfitted, with settings for m rows; none is chosen by its dev error."""
    from sklearn.ensemble import (  # noqa: PLC0415  # the extra is loaded where it is used
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )
    from sklearn.linear_model import LogisticRegression, RidgeCV  # noqa: PLC0415
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    def scaled(model: Any) -> Any:
        """Return the model behind a scaler, as the config may have none."""
        return make_pipeline(StandardScaler(), model)

    seed = prepared.config.seed
    if prepared.dataset.task == "regression":
        k = min(m, 10)
        return [
            ("linear model", scaled(RidgeCV(np.logspace(-1, 4, 11)))),
            ("nearest neighbours", scaled(KNeighborsRegressor(k))),
            ("gradient boosting", HistGradientBoostingRegressor(random_state=seed, **_boosting(m))),
        ]
    k = min(m, 5)
    return [
        ("linear model", scaled(LogisticRegression(C=0.3, max_iter=500))),
        ("nearest neighbours", scaled(KNeighborsClassifier(k))),
        ("gradient boosting", HistGradientBoostingClassifier(random_state=seed, **_boosting(m))),
    ]


def _boosting(m: int) -> dict[str, Any]:
    """Return settings for m rows: small trees and a small rate on few, early stopping on many."""
    few = m < 2000
    return {
        "learning_rate": 0.05 if few else 0.1,
        "max_iter": 100,
        "max_leaf_nodes": 8 if few else 31,
        "min_samples_leaf": max(2, min(20, m // 20)),
        "early_stopping": not few,
    }


def _judge(
    name: str,
    model: Any,
    train: tuple[Floats, Indices | Floats],
    dev: tuple[Floats, Indices | Floats],
    prepared: Prepared,
) -> Reference:
    """Fit a reference and measure it as the network is measured."""
    model.fit(*train)
    task = prepared.dataset.task
    train_loss, dev_loss = (_errors(model.predict(X), y, task) for X, y in (train, dev))
    error = float(dev_loss.mean())
    interval = error_interval(error, len(dev_loss), task, float(dev_loss.std()))
    return Reference(name, error, interval, float(train_loss.mean()))


def _errors(predicted: npt.NDArray[Any], y: Indices | Floats, task: str) -> Floats:
    """Return each row's contribution to the error; t has variance 1 in train."""
    if task == "regression":
        return np.square(predicted - y)
    return (predicted != y).astype(np.float64)
