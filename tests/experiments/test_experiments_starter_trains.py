"""What `init` writes for many kinds of tables, trained as it is, against a forest on the same split."""

import numpy as np
import polars as pl
import pytest

import dlrecipe
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.starter import starter_config

datasets = pytest.importorskip("sklearn.datasets")
ensemble = pytest.importorskip("sklearn.ensemble")


def fraud():
    X, y = datasets.make_classification(
        4000, 15, n_informative=6, weights=[0.97], flip_y=0.002, random_state=1
    )
    return X, np.where(y, "fraud", "fine")


def skewed():
    X, y = datasets.make_friedman1(1500, noise=1, random_state=0)
    return X, np.exp(y / 4)


TABLES = {
    "iris": lambda: datasets.load_iris(return_X_y=True),
    "wine": lambda: datasets.load_wine(return_X_y=True),
    "smooth": lambda: datasets.make_friedman1(1500, noise=1, random_state=0),
    "skewed": skewed,
    "physics": lambda: datasets.make_friedman2(1500, noise=50, random_state=0),
    "rolled up": lambda: datasets.make_swiss_roll(1500, random_state=0),
    "moons": lambda: datasets.make_moons(600, noise=0.2, random_state=0),
    "rings": lambda: datasets.make_circles(400, noise=0.1, factor=0.5, random_state=0),
    "three classes": lambda: datasets.make_classification(
        2000, 20, n_informative=8, n_classes=3, random_state=1
    ),
    "fraud": fraud,
    "a handful": lambda: datasets.make_classification(36, 4, random_state=1),
}
"""Name -> inputs and targets."""

FEW = 3
"""Dev examples more than the reference that may be wrong: by chance, on a dev set of dozens."""


@pytest.mark.parametrize("name", TABLES)
def test_a_first_config_keeps_up_with_a_forest(tmp_path, name):
    X, y = TABLES[name]()
    table = pl.DataFrame(X, schema=[f"x{i}" for i in range(X.shape[1])]).with_columns(target=pl.Series(y))
    table.write_csv(tmp_path / "table.csv")
    (tmp_path / "table.yaml").write_text(starter_config(str(tmp_path / "table.csv"), "target", tmp_path))
    config = dlrecipe.load_config(tmp_path / "table.yaml")
    result = dlrecipe.train(config, tmp_path / "runs").result
    data = prepare(config).dataset
    if result.task == "classification":
        forest = ensemble.RandomForestClassifier(60, random_state=0).fit(data.train.X, data.train.y)
        reference = float((forest.predict(data.dev.X) != data.dev.y).mean()) + FEW / len(data.dev)
    else:
        forest = ensemble.RandomForestRegressor(60, random_state=0).fit(data.train.X, data.train.y)
        reference = float(np.square(forest.predict(data.dev.X) - data.dev.y).mean()) * 1.25 + 0.005
    assert result.dev.error <= reference
