"""The fast path against the plain formulas: one step, every activation, loss, penalty and optimiser."""

from itertools import product

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty, draw_masks, initialize
from dlrecipe.training import OPTIMIZERS, Examples, Problem, epochs, score, start, stream
from dlrecipe.training.batch import Forward, Gradient
from dlrecipe.training.evaluation import Evaluator
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.update import BLOCK, Update


def examples_for(loss, m, n_x, rng, dtype=np.float64):
    y = {"softmax": rng.integers(0, 3, m), "sigmoid": rng.integers(0, 2, m)}.get(loss, rng.standard_normal(m))
    return Examples.encode(rng.standard_normal((m, n_x)), y, loss, 3 if loss == "softmax" else 1, dtype)


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
@pytest.mark.parametrize("keep_prob", [(1.0, 1.0), (0.5, 1.0), (0.7, 0.8)])
def test_gradient_equals_plain_formula(activation, loss, keep_prob):
    rng = np.random.default_rng(0)
    batch = examples_for(loss, 8, 4, rng)
    network = Network((4, 6, 5, batch.Y.shape[1]), ACTIVATIONS[activation], LOSSES[loss])
    theta = initialize(network.layout, "he", rng) + 0.05
    dtheta = np.empty_like(theta)
    gradient = Gradient(network, keep_prob, theta, dtheta, batch, PLAIN)
    gradient.draw_masks(stream(1, "dropout"))
    gradient()
    masks = draw_masks(network.hidden, keep_prob, 8, stream(1, "dropout"))
    np.testing.assert_allclose(
        dtheta, network.objective(theta, batch.X, batch.Y, masks)[1], rtol=1e-10, atol=1e-14
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_forward_equals_plain_formula_also_for_fewer_rows(activation):
    rng = np.random.default_rng(0)
    network = Network((4, 6, 5, 3), ACTIVATIONS[activation], LOSSES["softmax"])
    theta, X = initialize(network.layout, "he", rng), rng.standard_normal((7, 4))
    Z, calls = Forward(network, theta, 10, PLAIN).of(X)
    for call in calls:
        call()
    np.testing.assert_allclose(Z, network.logits(theta, X), rtol=1e-12)


def test_examples_of_one_size_share_all_buffers():
    rng = np.random.default_rng(0)
    network = Network((4, 6, 5, 3), ACTIVATIONS["relu"], LOSSES["softmax"])
    theta, both = initialize(network.layout, "he", rng), rng.standard_normal((2, 7, 4))
    forward = Forward(network, theta, 10, PLAIN)
    written = [forward.of(X) for X in both]
    assert written[0][1][1:] == written[1][1][1:]
    for X, (Z, calls) in zip(both, written, strict=True):
        for call in calls:
            call()
        np.testing.assert_allclose(Z, network.logits(theta, X), rtol=1e-12)


def plain_step(optimizer, theta, g, slots, rate, t):
    """The textbook formulas, nothing folded."""
    if optimizer == "gd":
        return theta - rate * g, slots
    if optimizer == "momentum":
        v = 0.9 * slots["v"] + g
        return theta - rate * v, {"v": v}
    if optimizer == "rmsprop":
        s = 0.99 * slots["v"] + 0.01 * g * g
        return theta - rate * g / (np.sqrt(s) + 1e-8), {"v": s}
    first = 0.9 * slots["m"] + 0.1 * g
    second = 0.999 * slots["v"] + 0.001 * g * g
    corrected = (first / (1 - 0.9**t)) / (np.sqrt(second / (1 - 0.999**t)) + 1e-8)
    return theta - rate * corrected, {"m": first, "v": second}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_optimizer_with_l2_equals_textbook(optimizer):
    rng = np.random.default_rng(0)
    network = Network((300, 500, 1), ACTIVATIONS["relu"], LOSSES["squared"], Penalty(3.0))
    assert network.layout.size > BLOCK, "the test must cross a block's border"
    theta = rng.standard_normal(network.layout.size)
    slots = {name: np.zeros_like(theta) for name in OPTIMIZERS[optimizer].slots}
    g = np.empty_like(theta)
    update = Update(network, 10, optimizer, theta, g, slots)
    plain, plain_slots = theta.copy(), {"m": np.zeros_like(theta), "v": np.zeros_like(theta)}
    for t in range(1, 6):
        loss_gradient = rng.standard_normal(theta.size)
        g[:] = loss_gradient
        weights = network.layout.weights
        total = loss_gradient.copy()
        total[weights] += network.penalty.gradient(plain[weights], 10)
        plain, plain_slots = plain_step(optimizer, plain, total, plain_slots, 0.01, t)
        update(0.01, t)
        np.testing.assert_allclose(theta, plain, rtol=1e-9, atol=1e-12)


def test_l2_step_of_gd_is_weight_decay():
    # W := W (1 - alpha lambda / m) - alpha dW, and b without the decay
    rng = np.random.default_rng(0)
    alpha, lambd, m = 0.1, 5.0, 20
    network = Network((4, 3, 1), ACTIVATIONS["tanh"], LOSSES["sigmoid"], Penalty(lambd))
    bare = Network((4, 3, 1), ACTIVATIONS["tanh"], LOSSES["sigmoid"])
    batch = examples_for("sigmoid", m, 4, rng)
    state = start(Problem(network, batch, batch, "gd", alpha, None, 1, (1.0,), 0), "xavier")
    before = state.theta.copy()
    dtheta = bare.objective(before, batch.X, batch.Y)[1]
    list(epochs(Problem(network, batch, batch, "gd", alpha, None, 1, (1.0,), 0), state))
    W, b = network.layout.weights, slice(network.layout.weights.stop, None)
    np.testing.assert_allclose(
        state.theta[W], before[W] * (1 - alpha * lambd / m) - alpha * dtheta[W], rtol=1e-10
    )
    np.testing.assert_allclose(state.theta[b], before[b] - alpha * dtheta[b], rtol=1e-10)


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_one_gd_step_in_float32_equals_pytorch(torch_activation, activation, loss):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(5)
    batch = examples_for(loss, 12, 4, rng, np.float32)
    network = Network((4, 6, batch.Y.shape[1]), ACTIVATIONS[activation], LOSSES[loss], Penalty(0.9))
    problem = Problem(network, batch, batch, "gd", 1.0, None, 1, (1.0,), 0)
    state = start(problem, "xavier")
    before = state.theta.copy()
    list(epochs(problem, state))

    g = torch_activation(activation)
    t = torch.tensor(before.astype(np.float64), requires_grad=True)
    (W1, b1), (W2, b2) = network.layout.layers(np.arange(network.layout.size))
    W1, b1, W2, b2 = (t[torch.tensor(part)] for part in (W1, b1, W2, b2))
    Z = g(torch.tensor(batch.X.astype(np.float64)) @ W1.T + b1) @ W2.T + b2
    Y = torch.tensor(batch.Y.astype(np.float64))
    functional = torch.nn.functional
    if loss == "softmax":
        mean_loss = functional.cross_entropy(Z, Y.argmax(1))
    elif loss == "sigmoid":
        mean_loss = functional.binary_cross_entropy_with_logits(Z, Y)
    else:
        mean_loss = functional.mse_loss(Z, Y) / 2
    (mean_loss + 0.9 / 24 * ((W1**2).sum() + (W2**2).sum())).backward()
    expected = t.grad.numpy()
    difference = np.linalg.norm((before - state.theta) - expected) / np.linalg.norm(expected)
    assert difference < 1e-5 * max(1, np.linalg.norm(before) / np.linalg.norm(expected) / 10)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("ties", [False, True])
def test_evaluation_equals_plain_formula_also_with_ties(loss, ties):
    rng = np.random.default_rng(0)
    examples = examples_for(loss, 3000, 4, rng)
    network = Network((4, 5, examples.Y.shape[1]), ACTIVATIONS["tanh"], LOSSES[loss])
    theta = initialize(network.layout, 0.0 if ties else 1.0, rng)
    Z = network.logits(theta, examples.X)
    expected = network.loss.value(Z, examples.Y).mean(), network.loss.error(Z, examples.Y).mean()
    assert Evaluator(network, theta, examples)() == pytest.approx(expected, rel=1e-12)
    assert score(network, theta, examples).error_sd == pytest.approx(network.loss.error(Z, examples.Y).std())
