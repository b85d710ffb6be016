"""Class weights from the config to the loss."""

import numpy as np
import pytest

import dlrecipe
from dlrecipe.errors import ConfigError
from dlrecipe.experiments import gradcheck
from dlrecipe.experiments.prepare import prepare


def test_balanced_is_scikit_learns_and_has_mean_one(load):
    utils = pytest.importorskip("sklearn.utils")
    prepared = prepare(load(training__class_weight="balanced"))
    y = prepared.dataset.train.y
    expected = utils.compute_class_weight("balanced", classes=np.unique(y), y=y)
    np.testing.assert_allclose(prepared.class_weights, expected)
    assert prepared.problem.train.weights.mean() == pytest.approx(1, abs=1e-6)


def test_named_labels_weigh_as_told_relative_to_the_others(load):
    labels = prepare(load()).dataset.encoder.classes.tolist()
    weights = prepare(load(training__class_weight={str(labels[1]): 4})).class_weights
    assert weights[1] / weights[0] == pytest.approx(4)


def test_the_run_says_its_weights_and_is_measured_by_them(load, tmp_path):
    plain = dlrecipe.train(load(), tmp_path).result
    run = dlrecipe.train(load(training__class_weight="balanced"), tmp_path)
    again = dlrecipe.train(dlrecipe.load_config(run.folder / "config.yaml"), tmp_path)
    assert again.history[-1].cost == run.history[-1].cost
    assert plain.class_weights is None
    assert len(run.result.class_weights) == 2
    assert run.result.train.loss == pytest.approx(run.history[-1].loss, rel=1e-5)
    loss = dlrecipe.evaluate(run.folder).loss
    model, prepared = run.model, prepare(load(training__class_weight="balanced"))
    test = prepared.dataset.test
    losses = model.network.loss.value(
        model.network.logits(model.theta, test.X), test.y[:, None].astype(np.float32)
    )
    weights = np.array(run.result.class_weights)[test.y]
    assert loss == pytest.approx((weights * losses).mean(), rel=1e-5)


def test_gradcheck_checks_the_weighted_cost(load):
    report = gradcheck(load(training__class_weight={"malignant": 9}), examples=20)
    assert report.passed


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"training__class_weight": {"malign": 2}}, "names 'malign', which the target does not have"),
        ({"training__class_weight": {"benign": 0}}, "class_weight.benign must be above 0"),
        ({"training__class_weight": "balance"}, "must be balanced, a mapping from labels to weights"),
        ({"training__class_weight": {}}, "must be balanced, a mapping from labels to weights"),
        (
            {"training__class_weight": "balanced", "data__source": "diabetes"},
            "needs classes, and this is a regression",
        ),
    ],
)
def test_what_cannot_be_weighed_is_refused(load, overrides, message):
    with pytest.raises(ConfigError, match=message):
        prepare(load(**overrides))
