"""Forward, backward and J: by hand on a paper-sized net, and against PyTorch."""

import math
from itertools import product

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty, draw_masks, initialize


def test_forward_and_backward_by_hand():
    # one example, 2 inputs, 2 relu units, 1 sigmoid output
    network = Network((2, 2, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"])
    theta = np.array([1.0, -1.0, 0.5, 1.0, 2.0, -1.0, 0.0, 0.5, 0.25])
    # W1 = [[1, -1], [0.5, 1]], W2 = [[2, -1]], b1 = [0, 0.5], b2 = [0.25]
    X, Y = np.array([[1.0, 2.0]]), np.array([[1.0]])
    # Z1 = [1-2, 0.5+2+0.5] = [-1, 3]; A1 = [0, 3]; Z2 = 0 - 3 + 0.25 = -2.75
    Z2 = -2.75
    J, dtheta = network.objective(theta, X, Y)
    assert pytest.approx(math.log(1 + math.exp(2.75))) == J
    dZ2 = 1 / (1 + math.exp(-Z2)) - 1
    expected = [0, 0, -dZ2 * 1, -dZ2 * 2, 0, dZ2 * 3, 0, -dZ2, dZ2]
    np.testing.assert_allclose(dtheta, expected, rtol=1e-12)


def test_penalty_by_hand():
    network = Network((2, 1), ACTIVATIONS["relu"], LOSSES["squared"], Penalty(lambd=0.6, l1_ratio=0.25))
    theta = np.array([3.0, -4.0, 7.0])
    X, Y = np.zeros((3, 2)), np.full((3, 1), 7.0)
    J, dtheta = network.objective(theta, X, Y)
    # loss 0; (0.6 / 6) (0.25 * 7 + 0.75 * 25); b takes no part
    assert pytest.approx(0.1 * (1.75 + 18.75)) == J
    np.testing.assert_allclose(dtheta, [0.1 * (0.25 + 2 * 0.75 * 3), 0.1 * (-0.25 - 2 * 0.75 * 4), 0])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("logit", [-1e4, -50.0, 0.0, 50.0, 1e4])
def test_losses_are_finite_and_right_at_any_logit(loss, logit):
    Z = np.array([[logit, 0.0]]) if loss == "softmax" else np.array([[logit]])
    Y = np.array([[0.0, 1.0]]) if loss == "softmax" else np.array([[0.0]])
    value = LOSSES[loss].value(Z, Y)[0]
    expected = logit**2 / 2 if loss == "squared" else np.logaddexp(0, logit)
    assert value == pytest.approx(expected, rel=1e-12)
    assert np.isfinite(LOSSES[loss].output(Z)).all()


def _torch_loss(torch, loss, Z, Y):
    functional = torch.nn.functional
    if loss == "sigmoid":
        return functional.binary_cross_entropy_with_logits(Z, Y)
    if loss == "softmax":
        return functional.cross_entropy(Z, Y.argmax(1))
    return functional.mse_loss(Z, Y) / 2


@pytest.mark.parametrize(("activation", "loss", "lambd"), list(product(ACTIVATIONS, LOSSES, [0.0, 0.7])))
def test_gradient_equals_pytorch(torch_activation, activation, loss, lambd):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    outputs = 3 if loss == "softmax" else 1
    network = Network((4, 6, 5, outputs), ACTIVATIONS[activation], LOSSES[loss], Penalty(lambd))
    theta = initialize(network.layout, 0.5, rng) + 0.1
    X = rng.standard_normal((9, 4))
    Y = np.eye(3)[rng.integers(0, 3, 9)] if outputs == 3 else rng.integers(0, 2, (9, 1)).astype(float)

    g = torch_activation(activation)
    t = torch.tensor(theta, requires_grad=True)
    layers = network.layout.layers(np.arange(network.layout.size))
    A = torch.tensor(X)
    square = 0.0
    for l, (W, b) in enumerate(layers):
        W_t = t[torch.tensor(W)]
        square = square + (W_t**2).sum()
        Z = A @ W_t.T + t[torch.tensor(b)]
        A = g(Z) if l < 2 else Z
    cost = _torch_loss(torch, loss, A, torch.tensor(Y)) + lambd / (2 * 9) * square
    cost.backward()

    J, dtheta = network.objective(theta, X, Y)
    assert pytest.approx(cost.item(), rel=1e-12) == J
    np.testing.assert_allclose(dtheta, t.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_objective_leaves_theta_alone_and_cost_agrees():
    rng = np.random.default_rng(0)
    network = Network((3, 4, 2), ACTIVATIONS["tanh"], LOSSES["softmax"], Penalty(1.0, 0.5))
    theta = initialize(network.layout, "xavier", rng)
    before, X, Y = theta.copy(), rng.standard_normal((5, 3)), np.eye(2)[[0, 1, 0, 1, 1]]
    masks = draw_masks(network.hidden, (0.5,), 5, rng)
    assert network.objective(theta, X, Y, masks)[0] == network.cost(theta, X, Y, masks)
    np.testing.assert_array_equal(theta, before)


def test_m_decides_what_lambda_means_not_the_batch():
    network = Network((1, 1), ACTIVATIONS["relu"], LOSSES["squared"], Penalty(6.0))
    theta = np.array([1.0, 0.0])
    X, Y = np.ones((2, 1)), np.ones((2, 1))
    assert network.cost(theta, X, Y, m=100) == pytest.approx(6 / 200)
    assert network.objective(theta, X, Y, m=100)[1][0] == pytest.approx(6 / 100)
