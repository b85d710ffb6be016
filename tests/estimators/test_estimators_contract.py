"""scikit-learn's own checks, and its tools around the estimators."""

import copy
import pickle
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.exceptions import SkipTestWarning
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures
from sklearn.utils.estimator_checks import check_estimator

from dlrecipe import DenseClassifier, DenseRegressor
from dlrecipe.nn import ACTIVATIONS

NEEDS_A_SETTING = {"check_array_api_input"}  # of the environment, before SciPy is imported


@pytest.mark.parametrize("estimator", [DenseClassifier(), DenseRegressor()], ids=lambda e: type(e).__name__)
def test_every_check_of_scikit_learn_passes(estimator):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)
        checks = check_estimator(estimator, on_fail=None)
    assert len(checks) > 50
    assert {check["check_name"] for check in checks if check["status"] != "passed"} <= NEEDS_A_SETTING


def test_in_a_pipeline_a_grid_search_and_a_cross_validation():
    X, y = load_breast_cancer(return_X_y=True)
    pipeline = make_pipeline(PolynomialFeatures(1, include_bias=False), DenseClassifier((8,), random_state=0))
    grid = {"denseclassifier__lambd": [0.1, 1e5], "denseclassifier__learning_rate": np.array([0.01])}
    search = GridSearchCV(pipeline, grid, cv=3).fit(X, y)
    assert search.best_params_["denseclassifier__lambd"] == 0.1
    assert search.best_score_ > 0.95
    assert cross_val_score(DenseClassifier((8,), random_state=0), X, y, scoring="roc_auc").min() > 0.97


def test_a_regression_is_cross_validated_too():
    X, y = load_diabetes(return_X_y=True)
    linear = DenseRegressor((), optimizer="lbfgs", epochs=300)
    assert cross_val_score(linear, X, y, cv=3).mean() > 0.45


def test_labels_come_back_as_they_were():
    X, y = load_iris(return_X_y=True)
    names = np.array(["setosa", "versicolor", "virginica"])[y]
    model = DenseClassifier((8,), learning_rate=0.01, random_state=0).fit(X, names)
    assert model.classes_.tolist() == ["setosa", "versicolor", "virginica"]
    assert model.score(X, names) > 0.95
    assert model.predict_proba(X).shape == (150, 3)


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])  # noqa: S301  # our own
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_copy_predicts_the_same_and_goes_its_own_way(activation, duplicate):
    X, y = load_diabetes(return_X_y=True)
    model = DenseRegressor((4,), activation=activation, epochs=3, random_state=0).fit(X, y)
    before = model.predict(X)
    copied = duplicate(model)
    np.testing.assert_array_equal(copied.predict(X), before)
    copied.partial_fit(X, y)
    np.testing.assert_array_equal(model.predict(X), before)
    assert (copied.predict(X) != before).any()


def test_parameters_set_after_fit_do_not_touch_what_was_trained():
    X, y = load_diabetes(return_X_y=True)
    model = DenseRegressor((4,), epochs=3, random_state=0).fit(X, y)
    before = model.predict(X)
    model.set_params(layers=(9, 9), activation="tanh")
    np.testing.assert_array_equal(model.predict(X), before)
