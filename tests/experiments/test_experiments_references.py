"""References against the same models fitted by hand, and the noise bound against known noise."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.references import attainable
from dlrecipe.experiments.repeated_rows import noise_of


def test_a_reference_is_fitted_on_train_and_judged_on_dev(load):
    prepared = prepare(load())
    train, dev = prepared.dataset.train, prepared.dataset.dev
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=500))
    model.fit(train.X.astype(float), train.y)
    found = {item.name: item for item in attainable(prepared).references}
    assert found["linear model"].error == pytest.approx((model.predict(dev.X.astype(float)) != dev.y).mean())
    assert len(found) == 3


def test_the_test_part_is_not_looked_at(load):
    prepared = prepare(load())
    blind = replace(prepared, dataset=replace(prepared.dataset, test=None))
    assert attainable(blind) == attainable(prepared)


def test_the_best_is_what_is_attainable(load):
    found = attainable(prepare(load()))
    assert found.error == min(item.error for item in found.references)
    assert found.interval[0] <= found.error <= found.interval[1]
    assert found.noise is None  # no two of these patients are alike


def known_noise(rng, flipped, n=4000):
    """Rows of 200 different inputs; the class is that of the input, but for a share of flips."""
    which = rng.integers(0, 200, n)
    X = rng.normal(size=(200, 3))[which]
    return X, (which % 2) ^ (rng.random(n) < flipped)


@pytest.mark.parametrize("flipped", [0.0, 0.1, 0.3])
def test_flipped_labels_of_repeated_rows_bound_the_error(load, flipped):
    X, y = known_noise(np.random.default_rng(0), flipped)
    found = noise_of(X, y.astype(np.int64), prepare(load()))
    assert found.share == 1
    assert found.interval[0] <= flipped <= found.interval[1]
    assert found.error == pytest.approx(flipped, abs=0.02)


def test_nearly_equal_rows_count_too_and_those_apart_as_free_of_noise(load):
    rng = np.random.default_rng(1)
    X, y = known_noise(rng, 0.3)
    X = np.vstack([X + rng.normal(0, 1e-4, X.shape), rng.normal(50, 20, (4000, 3))])
    found = noise_of(X, np.concatenate([y, y]).astype(np.int64), prepare(load()))
    assert 0.3 < found.share < 0.53  # each row has one partner; who finds none is left out
    assert 0.05 < found.error < 0.3 * 0.55


def test_the_noise_of_a_regression_is_its_variance_at_equal_inputs(load):
    rng = np.random.default_rng(2)
    which = rng.integers(0, 300, 3000)
    X, signal = rng.normal(size=(300, 2))[which], rng.normal(size=300)[which]
    y = signal + rng.normal(0, 0.5, 3000)
    prepared = prepare(load(data__source="diabetes", data__task="regression"))
    assert noise_of(X, y, prepared).error == pytest.approx(0.25, rel=0.1)
