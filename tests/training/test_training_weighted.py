"""A weighted example counts as if it were there that many times, in every way that J is computed."""

from itertools import product

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty, initialize
from dlrecipe.training import OPTIMIZERS, PLAIN, Examples, Problem, Streamed, epochs, score, start
from dlrecipe.training.batch import Gradient

M = 60


def drawn(loss, dtype=np.float64, m=M):
    """Weighted examples, and the same ones repeated as often as they weigh."""
    rng = np.random.default_rng(3)
    y = {"softmax": rng.integers(0, 3, m), "sigmoid": rng.integers(0, 2, m)}.get(loss, rng.standard_normal(m))
    times = rng.integers(1, 5, m)
    X, outputs = rng.standard_normal((m, 4)), 3 if loss == "softmax" else 1
    rows = np.repeat(np.arange(m), times)
    weighted = Examples.encode(X, y, loss, outputs, dtype, times / times.mean())
    return weighted, Examples.encode(X[rows], y[rows], loss, outputs, dtype)


def network_for(examples, loss, penalty=Penalty()):  # noqa: B008  # frozen
    return Network((4, 6, 5, examples.Y.shape[1]), ACTIVATIONS["tanh"], LOSSES[loss], penalty)


def problem_for(weighted, loss, **changes):
    settings = {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 16, "epochs": 3, **changes}
    network = network_for(weighted, loss, Penalty(0.5, 0.3))
    return Problem(network, weighted, weighted, keep_prob=(0.8, 1.0), seed=1, **settings)


@pytest.mark.parametrize("loss", LOSSES)
def test_cost_and_gradient_are_those_of_repeated_examples(loss):
    weighted, repeated = drawn(loss)
    network = network_for(weighted, loss)
    theta = initialize(network.layout, "he", np.random.default_rng(0))
    J, dtheta = network.objective(theta, weighted.X, weighted.Y, weights=weighted.weights)
    expected, gradient = network.objective(theta, repeated.X, repeated.Y)
    assert pytest.approx(expected, rel=1e-12) == J
    assert network.cost(theta, weighted.X, weighted.Y, weights=weighted.weights) == J
    np.testing.assert_allclose(dtheta, gradient, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_fast_path_equals_the_plain_formula(loss):
    weighted, _ = drawn(loss)
    network = network_for(weighted, loss)
    theta = initialize(network.layout, "he", np.random.default_rng(0))
    dtheta = np.empty_like(theta)
    Gradient(network, (1.0, 1.0), theta, dtheta, weighted, PLAIN)()
    J, expected = network.objective(theta, weighted.X, weighted.Y, weights=weighted.weights)
    np.testing.assert_allclose(dtheta, expected, rtol=1e-10, atol=1e-14)
    assert score(network, theta, weighted).loss == pytest.approx(J, rel=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_error_is_never_weighted(loss):
    weighted, _ = drawn(loss)
    network = network_for(weighted, loss)
    theta = initialize(network.layout, "he", np.random.default_rng(0))
    assert (
        score(network, theta, weighted).error == score(network, theta, Examples(weighted.X, weighted.Y)).error
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_weights_of_one_move_no_bit(loss):
    weighted, _ = drawn(loss, np.float32)
    ones = Examples(weighted.X, weighted.Y, np.ones(M, np.float32))
    thetas = []
    for examples in (ones, Examples(weighted.X, weighted.Y)):
        problem = problem_for(examples, loss)
        state = start(problem, "he")
        history = [epoch._replace(seconds=0) for epoch in epochs(problem, state)]
        thetas.append((state.theta.tobytes(), history))
    assert thetas[0] == thetas[1]


@pytest.mark.parametrize(("loss", "optimizer"), list(product(LOSSES, OPTIMIZERS)))
def test_compiled_kernels_give_the_same_bits(loss, optimizer):
    compiled = pytest.importorskip("dlrecipe.training.compiled")
    weighted, _ = drawn(loss, np.float32)
    problem = problem_for(weighted, loss, optimizer=optimizer)
    ends = []
    for kernels in (PLAIN, compiled.COMPILED):
        state = start(problem, "he")
        history = [epoch._replace(seconds=0) for epoch in epochs(problem, state, kernels)]
        ends.append((state.theta.tobytes(), history))
    assert ends[0] == ends[1]


def test_examples_on_disk_keep_their_weights():
    weighted, _ = drawn("sigmoid", np.float32)

    class Inputs:
        shape = weighted.X.shape

        def read(self, at, X):
            X[:] = weighted.X[at]

    disk = Streamed(Inputs(), weighted.Y[:, 0], "sigmoid", 1, np.dtype(np.float32), weighted.weights)
    network = network_for(weighted, "sigmoid")
    theta = initialize(network.layout, "he", np.random.default_rng(0)).astype(np.float32)
    assert score(network, theta, disk) == score(network, theta, weighted)
    order = []
    for group, shuffled in disk.shuffled(np.random.default_rng(0), 16):
        order += [float(weight) for weight in group.weights[shuffled]]
    assert sorted(order) == sorted(weighted.weights.tolist())
    rows = np.array([5, 2])
    np.testing.assert_array_equal(disk.rows(rows).weights, weighted.weights[rows])


def test_lbfgs_reaches_the_weighted_optimum_of_scikit_learn():
    linear_model = pytest.importorskip("sklearn.linear_model")
    weighted, _ = drawn("sigmoid")
    network = Network((4, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty(2.0))
    problem = Problem(network, weighted, weighted, "lbfgs", 0.1, None, 200, (), 0)
    state = start(problem, "zeros")
    *_, last = epochs(problem, state)
    y = weighted.Y[:, 0] > 0
    peer = linear_model.LogisticRegression(C=1 / 2.0, tol=1e-10, max_iter=1000)
    peer.fit(weighted.X, y, sample_weight=weighted.weights)
    theirs = np.concatenate([peer.coef_[0], peer.intercept_])
    np.testing.assert_allclose(state.theta, theirs, atol=1e-4)
    assert last.cost == pytest.approx(
        network.cost(theirs, weighted.X, weighted.Y, weights=weighted.weights), rel=1e-8
    )
