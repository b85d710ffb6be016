"""The fast differences: by hand, against PyTorch, against naive ones, and as differences of second order."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from gradcheck_problems import draw
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlrecipe.gradcheck import fast
from dlrecipe.gradcheck.differences import ACTIVATION_CHANGES
from dlrecipe.gradcheck.naive import two_sided
from dlrecipe.gradcheck.verdict import relative
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty


def differences(p, epsilon=1e-7, m=None):
    return fast.differences(p.network, *p.data, p.masks, m or len(p.X), epsilon)


def naive(p, epsilon=1e-7, m=None):
    def cost(theta):
        return p.network.cost(theta, p.X, p.Y, p.masks, m)

    return two_sided(cost, p.theta, epsilon, range(p.theta.size)).approx


def test_by_hand():
    # one example, one input, one relu unit, one output: Z1 = 2·3 + 1 = 7, Z2 = −1·7 + 0.5 = −6.5, t = 0
    network = Network((1, 1, 1), ACTIVATIONS["relu"], LOSSES["squared"])
    theta, X, Y = np.array([2.0, -1.0, 1.0, 0.5]), np.array([[3.0]]), np.array([[0.0]])
    # ΔJ = (ŷ + Δ)²/2 − ŷ²/2, of which the two-sided difference is ŷ Δ/ε: a parabola has no error
    # ŷ = −6.5; dŷ = −1·3, 7, −1, 1 for W1, W2, b1, b2
    found = fast.differences(network, theta, X, Y, None, 1, 1e-3)
    assert_allclose(found.approx, [19.5, -45.5, 6.5, -6.5], rtol=1e-14)
    assert not found.bent.any()


def test_across_a_corner_by_hand():
    # Z1 = 0.25 and ε = 0.5: relu is 0.75 at +ε and 0 at −ε; ŷ is 2·relu, t = 0, J = ½ŷ² = 2 relu²
    network = Network((1, 1, 1), ACTIVATIONS["relu"], LOSSES["squared"])
    theta, X, Y = np.array([0.0, 2.0, 0.25, 0.0]), np.array([[0.0]]), np.array([[0.0]])
    found = fast.differences(network, theta, X, Y, None, 1, 0.5)
    assert found.approx[2] == pytest.approx((2 * 0.75**2 - 0) / 1)
    assert found.smooth[2] == pytest.approx((2 * 0.75**2 - 2 * 0.25**2) / 1)  # the parabola of Z1 > 0 goes on
    assert_array_equal(found.bent, [False, False, True, False])


FAMILY = list(product(ACTIVATION_CHANGES, LOSSES, [(), (5,), (5, 4, 3)], [1.0, 0.6]))


@pytest.mark.parametrize(("activation", "loss", "hidden", "keep"), FAMILY)
def test_within_1e_13_of_pytorch(torch_activation, activation, loss, hidden, keep):
    torch = pytest.importorskip("torch")
    g = torch_activation(activation)
    p = draw(hidden, activation=activation, loss=loss, keep=keep)
    m = 20
    theta = torch.tensor(p.theta, requires_grad=True)
    X, Y = torch.tensor(p.X), torch.tensor(p.Y)
    layers = [
        [theta[part] for part in p.network.layout.blocks.values()][i :: len(hidden) + 1]
        for i in range(len(hidden) + 1)
    ]
    A = X
    for l, (w, b) in enumerate(layers):
        A = A @ w.reshape(len(b), -1).T + b
        if l < len(hidden):
            A = g(A)
            A = A if p.masks is None else A * torch.tensor(p.masks[l])
    J = {
        "sigmoid": lambda: torch.nn.functional.binary_cross_entropy_with_logits(A, Y),
        "softmax": lambda: torch.nn.functional.cross_entropy(A, Y),
        "squared": ((A - Y) ** 2 / 2).mean,
    }[loss]()
    weights = theta[p.network.layout.weights]
    (J + 0.7 / (2 * m) * (0.3 * weights.abs().sum() + 0.7 * (weights**2).sum())).backward()
    found = differences(p, m=m)
    assert not (found.bent | found.pinned).any()
    assert relative(found.approx, theta.grad.numpy()) < 1e-13


problems = st.builds(
    draw,
    st.lists(st.integers(1, 6), max_size=3).map(tuple),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    loss=st.sampled_from(sorted(LOSSES)),
    penalty=st.builds(Penalty, st.sampled_from([0.0, 0.5, 30.0]), st.sampled_from([0.0, 0.3, 1.0])),
    keep=st.sampled_from([1.0, 0.5]),
    scale=st.sampled_from([1e-3, 0.5, 1.0, 3.0]),
    examples=st.integers(1, 12),
    seed=st.integers(0, 10**6),
)


@settings(max_examples=60, deadline=None)
@given(problems, st.sampled_from([1e-7, 1e-5, 1e-3]))
def test_the_same_as_naive_but_for_rounding(p, epsilon):
    rounding = 2.0**-52 * max(1, p.network.cost(*p.data, p.masks)) / epsilon
    assert_allclose(differences(p, epsilon).approx, naive(p, epsilon), rtol=1e-7, atol=16 * rounding)


@pytest.mark.parametrize("activation", ACTIVATION_CHANGES)
@pytest.mark.parametrize("loss", LOSSES)
def test_saturated_logits(activation, loss):
    p = draw((5,), activation=activation, loss=loss)
    p.theta[p.network.layout.blocks["W2"]] *= 1e5
    p.theta[p.network.layout.blocks["W1"]] *= 3
    grad = p.network.objective(*p.data)[1]
    assert np.abs(p.network.logits(p.theta, p.X)).max() > 5e3
    assert relative(differences(p, 1e-9).approx, grad) < 1e-12


def test_it_is_a_difference_and_no_derivative():
    p = draw(activation="tanh", penalty=Penalty(0.7))
    grad = p.network.objective(*p.data)[1]
    errors = [np.linalg.norm(differences(p, epsilon).approx - grad) for epsilon in (1e-1, 1e-2, 1e-3)]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.05)  # ε²
    assert errors[1] / errors[2] == pytest.approx(100, rel=0.01)


@pytest.mark.parametrize("epsilon", [1e-7, 1e-8, 1e-9, 1e-10])
def test_no_rounding_at_small_epsilon(epsilon):
    p = draw(activation="sigmoid")
    assert relative(differences(p, epsilon).approx, p.network.objective(*p.data)[1]) < 1e-13


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("size", [1, 40, 300])
def test_the_cut_into_batches_changes_nothing(monkeypatch, activation, size):
    p = draw(activation=activation, keep=0.6, examples=9)
    p.X[:4, ::2] = 0  # black pixels
    p.X[6] = 0
    whole = differences(p, 0.05)
    monkeypatch.setattr(fast, "BATCH", size)
    cut = differences(p, 0.05)
    assert_allclose(cut.approx, whole.approx, rtol=1e-12, atol=1e-15)
    assert_allclose(cut.smooth, whole.smooth, rtol=1e-12, atol=1e-15)
    assert_array_equal(cut.bent, whole.bent)


def test_batches_are_bounded():
    steps = np.ones((3, 1000))
    cut = list(fast.batches(np.repeat(np.arange(3), 50), steps, 500))
    assert all((rows.stop - rows.start) * len(columns) * 500 * 2 <= fast.BATCH for rows, columns in cut)
    seen = np.zeros((150, 1000), int)
    for rows, columns in cut:
        seen[rows, columns] += 1
    assert (seen == 1).all()


def test_corners_met_are_those_where_signs_change():
    p = draw((4, 3), activation="relu", examples=20, keep=0.7, seed=3)
    epsilon = 0.02

    def signs(theta):
        passed, _ = p.network.forward(theta, p.X, p.masks)
        Z = [D @ W.T + b for (_, D), (W, b) in zip(passed, p.network.layout.layers(theta), strict=True)][:-1]
        return np.concatenate([((z > 0) & (mask > 0)).ravel() for z, mask in zip(Z, p.masks, strict=True)])

    crossed = []
    for i in range(p.theta.size):
        step = epsilon * (np.arange(p.theta.size) == i)
        there = [signs(p.theta + side * step) for side in (-1, 0, 1)]
        crossed.append((there[0] != there[1]).any() or (there[2] != there[1]).any())
    found = differences(p, epsilon)
    assert 0 < sum(crossed) < len(crossed)
    assert_array_equal(found.bent[crossed], True)  # every change is seen
    assert found.bent.sum() <= 1.3 * sum(crossed)  # and few more: those that only −δ of one layer would meet


def test_an_activation_of_your_own_needs_no_identity():
    swish = replace(
        ACTIVATIONS["tanh"],
        name="softplus",
        value=lambda Z: np.logaddexp(0, Z),
        slope=lambda A: -np.expm1(-A),
    )
    p = draw()
    p.network = replace(p.network, activation=swish)
    assert relative(differences(p).approx, p.network.objective(*p.data)[1]) < 1e-7


@pytest.mark.parametrize("ratio", [0.0, 0.4, 1.0])
def test_the_penalty_by_hand(ratio):
    p = draw((), penalty=Penalty(6.0, ratio))
    p.theta[:3] = [2.0, 1e-4, 0.0]
    epsilon, m = 1e-3, 30
    with_penalty = differences(p, epsilon, m)
    p.network = replace(p.network, penalty=Penalty())
    without = differences(p, epsilon, m)
    # λ/2m = 0.1; d|w| = 1; of the corner at 1e-4: (|1.1e-3| − |−0.9e-3|) / 2e-3 = 0.1; 0 at 0
    corner, piece = np.array([1, 0.1, 0]), np.array([1, 1, 0])
    squares = 2 * p.theta[:3]
    shift = (with_penalty.approx - without.approx)[:3]
    assert_allclose(shift, 0.1 * (ratio * corner + (1 - ratio) * squares), rtol=1e-9, atol=1e-15)
    shift = (with_penalty.smooth - without.smooth)[:3]
    assert_allclose(shift, 0.1 * (ratio * piece + (1 - ratio) * squares), rtol=1e-9, atol=1e-15)
    assert_array_equal(with_penalty.pinned[:3], [False, ratio > 0, False])
    biases = slice(p.network.layout.weights.stop, None)
    assert_array_equal(with_penalty.approx[biases], without.approx[biases])
