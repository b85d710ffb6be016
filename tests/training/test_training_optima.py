"""Linear models are networks without hidden layers: scikit-learn's optima, and the same zeros."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import Examples, Problem, epochs, start

STEPS = {"lbfgs": (1.0, 400), "gd": (0.1, 4000), "momentum": (0.01, 4000), "adam": (0.01, 4000)}


def standardized(load):
    X, y = load(return_X_y=True)
    return (X - X.mean(axis=0)) / X.std(axis=0), y


def trained(network, X, y, optimizer):
    rate, count = STEPS[optimizer]
    dtype = np.float64 if optimizer == "lbfgs" else np.float32
    examples = Examples.encode(X, y, network.loss.name, network.sizes[-1], dtype)
    problem = Problem(network, examples, examples, optimizer, rate, None, count, (), 0)
    state = start(problem, "xavier")
    for _ in epochs(problem, state):
        pass
    return state.theta.astype(np.float64)


def compare(network, X, y, theta, reference):
    examples = Examples.encode(X, y, network.loss.name, network.sizes[-1], np.float64)
    ours, theirs = (network.cost(t, examples.X, examples.Y) for t in (theta, reference))
    assert ours <= theirs * (1 + 1e-4)
    weights = network.layout.weights
    if network.penalty.l1_ratio:
        np.testing.assert_array_equal(theta[weights] == 0, reference[weights] == 0)
        assert (reference[weights] == 0).any(), "a case without zeros shows nothing"


@pytest.mark.parametrize("optimizer", STEPS)
@pytest.mark.parametrize(("lambd", "l1_ratio"), [(10.0, 0.0), (88.4, 1.0), (200.0, 0.5)])
def test_ridge_lasso_and_elastic_net(optimizer, lambd, l1_ratio):
    X, y = standardized(load_diabetes)
    t, m = (y - y.mean()) / y.std(), len(y)
    if l1_ratio == 0:
        model = Ridge(alpha=lambd)
    elif l1_ratio == 1:
        model = Lasso(alpha=lambd / (2 * m), tol=1e-10, max_iter=100_000)
    else:
        l1, l2 = lambd * l1_ratio / (2 * m), lambd * (1 - l1_ratio) / m
        model = ElasticNet(alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), tol=1e-10, max_iter=100_000)
    model.fit(X, t)
    network = Network((X.shape[1], 1), ACTIVATIONS["relu"], LOSSES["squared"], Penalty(lambd, l1_ratio))
    compare(network, X, t, trained(network, X, t, optimizer), np.append(model.coef_, model.intercept_))


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_logistic_regression_l2(optimizer):
    X, y = standardized(load_breast_cancer)
    model = LogisticRegression(C=1 / 5, tol=1e-10, max_iter=10_000).fit(X, y)
    network = Network((X.shape[1], 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty(5.0))
    compare(network, X, y, trained(network, X, y, optimizer), np.append(model.coef_, model.intercept_))


def test_logistic_regression_l1_has_the_same_zeros():
    X, y = standardized(load_breast_cancer)
    model = LogisticRegression(l1_ratio=1, C=2 / 20, solver="saga", tol=1e-8, max_iter=50_000).fit(X, y)
    network = Network((X.shape[1], 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty(20.0, 1.0))
    compare(network, X, y, trained(network, X, y, "lbfgs"), np.append(model.coef_, model.intercept_))


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_softmax_regression(optimizer):
    X, y = standardized(load_iris)
    model = LogisticRegression(C=1 / 3, tol=1e-10, max_iter=10_000).fit(X, y)
    network = Network((X.shape[1], 3), ACTIVATIONS["relu"], LOSSES["softmax"], Penalty(3.0))
    reference = np.concatenate([model.coef_.ravel(), model.intercept_])
    compare(network, X, y, trained(network, X, y, optimizer), reference)


def test_weights_shrink_as_lambda_grows():
    X, y = standardized(load_diabetes)
    t = (y - y.mean()) / y.std()
    norms = []
    for lambd in (0.0, 10.0, 100.0, 1000.0):
        network = Network((X.shape[1], 8, 1), ACTIVATIONS["tanh"], LOSSES["squared"], Penalty(lambd))
        examples = Examples.encode(X, t, "squared", 1, np.float32)
        problem = Problem(network, examples, examples, "adam", 0.01, None, 500, (1.0,), 0)
        norms.append(list(epochs(problem, start(problem, "xavier")))[-1].weight_norm)
    assert norms == sorted(norms, reverse=True)
    assert norms[-1] < norms[0] / 10


def test_lbfgs_ends_at_the_optimum_without_a_step_that_is_none():
    X, y = standardized(load_diabetes)
    network = Network((X.shape[1], 1), ACTIVATIONS["relu"], LOSSES["squared"], Penalty(10.0))
    examples = Examples.encode(X, (y - y.mean()) / y.std(), "squared", 1, np.float64)
    problem = Problem(network, examples, examples, "lbfgs", 1.0, None, 400, (), 0)
    state = start(problem, "xavier")
    costs = [epoch.cost for epoch in epochs(problem, state)]
    assert state.converged
    assert state.epoch == len(costs) - 1 < 100
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[-2]


def nonlinearity(lambd):
    """Share of a trained tanh network's outputs that no linear function of x explains."""
    X, y = standardized(load_diabetes)
    t = np.sin(2 * X[:, 2]) + (y - y.mean()) / y.std()
    network = Network((X.shape[1], 20, 1), ACTIVATIONS["tanh"], LOSSES["squared"], Penalty(lambd))
    examples = Examples.encode(X, t, "squared", 1, np.float64)
    problem = Problem(network, examples, examples, "adam", 0.02, None, 400, (1.0,), 0)
    state = start(problem, "xavier")
    list(epochs(problem, state))
    outputs = network.logits(state.theta, examples.X)
    design = np.column_stack([X, np.ones(len(X))])
    rest = outputs - design @ np.linalg.lstsq(design, outputs, rcond=None)[0]
    return np.linalg.norm(rest) / np.linalg.norm(outputs - outputs.mean())


def test_a_huge_lambda_makes_a_tanh_network_linear():
    assert nonlinearity(0.0) > 0.1
    assert 0 < nonlinearity(700.0) < 0.01
