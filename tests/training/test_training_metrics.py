"""The metrics against scikit-learn's, and their intervals against a bootstrap written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as peers

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, initialize
from dlrecipe.nn.losses import softmax
from dlrecipe.training import METRICS, Examples, Streamed, score
from dlrecipe.training.evaluation import MetricEvaluator, evaluator

TWO, MANY = 1, 4


def drawn(outputs, m=200, seed=0, grid=4.0):
    """Logits with ties and targets that they say something about."""
    rng = np.random.default_rng(seed)
    if outputs == TWO:
        y = (rng.random(m) < 0.3).astype(float)
        return np.round((y + rng.standard_normal(m) - 0.5) * grid)[:, None] / grid, y[:, None]
    y = rng.choice(outputs, m, p=[0.6, 0.25, 0.1, 0.05])
    Y = np.eye(outputs)[y]
    return np.round((Y + rng.standard_normal((m, outputs)) * 0.7) * grid) / grid, Y


def answers(Z, Y):
    if Z.shape[1] == TWO:
        return Y[:, 0] > 0, Z[:, 0] > 0
    return Y.argmax(axis=1), Z.argmax(axis=1)


def theirs(name, Z, Y):
    """1 − scikit-learn's metric."""
    true, guessed = answers(Z, Y)
    if name == "balanced_error":
        return 1 - peers.balanced_accuracy_score(true, guessed)
    if name == "f1":
        average = "binary" if Z.shape[1] == TWO else "macro"
        return 1 - peers.f1_score(true, guessed, average=average, zero_division=0)
    if Z.shape[1] == TWO:
        return 1 - peers.roc_auc_score(true, Z[:, 0])
    return 1 - peers.roc_auc_score(true, softmax(Z), multi_class="ovr", average="macro")


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("outputs", [TWO, MANY])
@pytest.mark.parametrize("seed", range(3))
def test_an_error_is_one_minus_scikit_learns_metric(name, outputs, seed):
    Z, Y = drawn(outputs, seed=seed)
    assert METRICS[name].error(Z, Y) == pytest.approx(theirs(name, Z, Y), abs=1e-12)


@given(st.lists(st.tuples(st.integers(-2, 2), st.booleans()), min_size=2, max_size=30))
def test_any_answers_to_two_classes(pairs):
    Z, Y = (np.array([[float(pair[at])] for pair in pairs]) for at in (0, 1))
    for name in ("balanced_error", "f1") if len(set(Y[:, 0])) < 2 else METRICS:
        if name == "balanced_error" and len(set(Y[:, 0])) < 2:
            expected = np.mean((Z > 0) != (Y > 0))
        else:
            expected = theirs(name, Z, Y)
        assert METRICS[name].error(Z, Y) == pytest.approx(expected, abs=1e-12)


def test_where_one_class_is_missing_the_area_says_nothing():
    assert METRICS["auc"].error(np.array([[1.0], [2.0]]), np.ones((2, 1))) == 0.5
    Z, Y = drawn(MANY)
    Y[Y[:, 3] > 0] = np.eye(4)[0]
    rest = [1 - peers.roc_auc_score(Y[:, k], softmax(Z)[:, k]) for k in range(3)]
    assert METRICS["auc"].error(Z, Y) == pytest.approx(np.mean(rest))


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("outputs", [TWO, MANY])
def test_the_interval_is_that_of_examples_drawn_again(name, outputs):
    Z, Y = drawn(outputs, m=150)
    low, high, deviation = METRICS[name].interval(Z, Y)
    rng = np.random.default_rng(1)
    draws = []
    for _ in range(400):
        rows = rng.integers(0, len(Z), len(Z))
        if len(np.unique(answers(Z[rows], Y[rows])[0])) == max(2, outputs):
            draws.append(theirs(name, Z[rows], Y[rows]))
    assert low <= METRICS[name].error(Z, Y) <= high
    assert (low, high) == pytest.approx(np.quantile(draws, [0.025, 0.975]), abs=0.25 * (high - low))
    assert deviation == pytest.approx(np.std(draws), rel=0.2)
    assert METRICS[name].interval(Z, Y) == (low, high, deviation)


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("loss", ["sigmoid", "softmax"])
def test_a_theta_is_scored_by_the_metric_in_memory_and_on_disk(name, loss):
    rng = np.random.default_rng(0)
    outputs, m = (1, 2500) if loss == "sigmoid" else (3, 2500)
    X = rng.standard_normal((m, 4)).astype(np.float32)
    y = (X[:, 0] + rng.standard_normal(m) > 0.5).astype(int) + (outputs > 1) * (X[:, 1] > 1)
    examples = Examples.encode(X, y, loss, outputs, np.float32, np.linspace(0.5, 1.5, m))

    class Inputs:
        shape = X.shape

        def read(self, at, into):
            into[:] = X[at]

    disk = Streamed(Inputs(), y, loss, outputs, np.dtype(np.float32), examples.weights)
    network = Network((4, 5, outputs), ACTIVATIONS["relu"], LOSSES[loss])
    theta = initialize(network.layout, "he", rng).astype(np.float32)
    found = score(network, theta, examples, name)
    Z = network.logits(theta, X)
    assert found.error == pytest.approx(theirs(name, Z, examples.Y), abs=1e-6)
    assert found.loss == score(network, theta, examples).loss
    assert found.error_interval[0] <= found.error <= found.error_interval[1]
    assert score(network, theta, disk, name) == found
    assert isinstance(evaluator(network, theta, examples, metric=name), MetricEvaluator)
    assert evaluator(network, theta, examples, metric=name)() == (found.loss, found.error)
