"""Learn the ranking from the tuning corpus, and write the file that is shipped.

Boosted trees predict which share of the excess error a change removes. Predictions for runs that a fold has
not seen (whole scenarios are left out) say what a prediction is worth: its mean and its quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor

from benchmarks.verdict.corpus import Record
from benchmarks.verdict.table import Table, table
from dlrecipe.recipe.ranking.forest import Forest
from dlrecipe.recipe.ranking.model import FILE

PRODUCT = Path(__file__).parents[2] / "dlrecipe" / "recipe" / "ranking" / FILE
FOLDS = 4
BINS = 20
SETTINGS = {
    "max_iter": 300,
    "learning_rate": 0.05,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "max_features": 0.25,  # of the signals at each split: trees that differ average better
    "early_stopping": False,
    "random_state": 0,
}


@dataclass(frozen=True)
class Calibration:
    """What was truly gained, by what was predicted."""

    predicted: NDArray[np.float64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]


def fit_forest(tables: list[Table], rows: list[NDArray[np.bool_]]) -> HistGradientBoostingRegressor:
    """Trees from some rows of each table."""
    X = np.concatenate([each.X[chosen] for each, chosen in zip(tables, rows, strict=True)])
    y = np.concatenate([each.shares[chosen] for each, chosen in zip(tables, rows, strict=True)])
    return HistGradientBoostingRegressor(**SETTINGS).fit(X, y)


def unseen(tables: list[Table]) -> list[NDArray[np.float64]]:
    """Predictions for every row, by trees that have not seen its scenario."""
    found = [np.empty(len(each.X)) for each in tables]
    for fold in range(FOLDS):
        held_out = [each.runs % FOLDS == fold for each in tables]
        forest = fit_forest(tables, [~out for out in held_out])
        for each, out, predictions in zip(tables, held_out, found, strict=True):
            predictions[out] = forest.predict(each.X[out])
    return found


def calibrate(predicted: NDArray[np.float64], true: NDArray[np.float64]) -> Calibration:
    """Mean and quantiles of the true shares in bins of equal numbers, made ascending."""
    order = np.argsort(predicted)
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    figures = [
        (predicted[part].mean(), *np.quantile(true[part], (0.1, 0.9)), true[part].mean()) for part in bins
    ]
    at, low, high, middle = (np.maximum.accumulate(column) for column in np.array(figures).T)
    return Calibration(at, low, middle, high)


def export(model: HistGradientBoostingRegressor) -> Forest:
    """The trees as arrays."""
    trees = [predictors[0].nodes for predictors in model._predictors]  # noqa: SLF001  # scikit-learn has no public way
    roots = np.concatenate([[0], np.cumsum([len(tree) for tree in trees])[:-1]]).astype(np.int32)
    nodes = np.concatenate(trees)
    start = np.repeat(roots, [len(tree) for tree in trees])
    leaf, here = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    return Forest(
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.uint8),
        threshold=_rounded_down(np.where(leaf, 0, nodes["num_threshold"])),
        left=np.where(leaf, here, nodes["left"] + start).astype(np.int32),
        right=np.where(leaf, here, nodes["right"] + start).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0).astype(np.float32),
        roots=roots,
        base=float(model._baseline_prediction.item()),  # noqa: SLF001  # likewise
    )


def write_model(path: Path, names: tuple[str, ...], forest: Forest, worth: Calibration, about: str) -> None:
    """Write the file that the product reads."""
    np.savez_compressed(
        path,
        names=np.array(names),
        about=np.array(about),
        feature=forest.feature,
        threshold=forest.threshold,
        left=forest.left.astype(np.uint16),
        right=forest.right.astype(np.uint16),
        value=forest.value,
        roots=forest.roots,
        base=np.array(forest.base),
        predicted=worth.predicted,
        low=worth.low,
        middle=worth.middle,
        high=worth.high,
    )


def _rounded_down(threshold: NDArray[np.float64]) -> NDArray[np.float32]:
    """Thresholds in single precision that no signal in single precision tells from the double ones."""
    single = threshold.astype(np.float32)
    return np.where(single > threshold, np.nextafter(single, np.float32(-np.inf)), single)


def learn(records: list[Record], about: str, path: Path = PRODUCT) -> str:
    """Learn from records, write the shipped file, and say in a line what it is."""
    tables = [table(records), table(records, human_known=False)]
    predictions = np.concatenate(unseen(tables))
    true = np.concatenate([each.shares for each in tables])
    worth = calibrate(predictions, true)
    forest = export(fit_forest(tables, [np.ones(len(each.X), bool) for each in tables]))
    rows = len(tables[0].X)
    write_model(path, tables[0].names, forest, worth, f"{about}, {rows} changes")
    explained = 1 - float(np.mean((true - predictions) ** 2) / true.var())
    return (
        f"{rows} changes of {len(records)} runs; unseen runs: R² {explained:.3f}; {path.stat().st_size} bytes"
    )
