"""The identities against arithmetic of 400 digits."""

from dataclasses import replace
from decimal import Decimal, getcontext

import numpy as np
import pytest

from dlrecipe.gradcheck.differences import (
    ACTIVATION_CHANGES,
    LOSS_CHANGES,
    absolute_change,
    bend_of,
    loss_change_of,
)
from dlrecipe.nn import ACTIVATIONS, LOSSES

getcontext().prec = 400
POINTS = [0.0, 1e-9, -1e-9, 0.3, -0.7, 4.0, -4.0, 17.0, -17.0, 40.0, -40.0, 300.0, -300.0]
STEPS = [1e-12, -1e-10, 1e-7, -1e-7, 1e-3, -1e-2, 0.9, -1.0, 2.5, -80.0, 500.0]


def relu(z):
    return max(z, Decimal(0))


def sigmoid(z):
    return 1 / (1 + (-z).exp())


EXACT = {
    "relu": relu,
    "leaky_relu": lambda z: max(z, z / 100),
    "tanh": lambda z: 2 * sigmoid(2 * z) - 1,
    "sigmoid": sigmoid,
    "identity": lambda z: z,
}


def test_no_identity_is_of_an_unknown_activation_and_every_loss_has_one():
    assert set(EXACT) == set(ACTIVATION_CHANGES) <= set(ACTIVATIONS)
    assert set(LOSS_CHANGES) == set(LOSSES)


@pytest.mark.parametrize("name", EXACT)
def test_an_activation_changes_exactly(name):
    change = bend_of(ACTIVATIONS[name]).change
    for z in POINTS:
        for d in STEPS:
            exact = EXACT[name](Decimal(z) + Decimal(d)) - EXACT[name](Decimal(z))
            got = change(np.array([z]), np.array([d]))[0]
            # a long step is subtracted plainly, and exact beside the value itself
            floor = 3e-16 if abs(d) > 1 else 0
            assert got == pytest.approx(float(exact), rel=3e-15, abs=floor), (z, d)


@pytest.mark.parametrize("y", [0.0, 1.0, 0.25])
def test_the_sigmoid_cross_entropy_changes_exactly(y):
    change = loss_change_of(LOSSES["sigmoid"])
    for z in [*POINTS, 1e4, -1e4]:
        for d in STEPS:
            Z, D, Y = Decimal(z), Decimal(d), Decimal(y)
            exact = (1 + (Z + D).exp()).ln() - (1 + Z.exp()).ln() - Y * D
            got = change(np.array([z]), np.array([y]), np.array([d]))
            floor = 1e-12 if abs(d) > 1 else 0
            assert got == pytest.approx(float(exact), rel=1e-14, abs=floor), (z, d)


@pytest.mark.parametrize("true", [0, 2])
@pytest.mark.parametrize("z", [[0.3, -1.0, 2.0], [1e4, -1e4, 0.0], [-1e4, 1e4, 9e3]])
@pytest.mark.parametrize("size", [1e-10, 1e-7, 1e-2, 0.4])
def test_the_softmax_cross_entropy_changes_exactly(z, size, true):
    d = size * np.array([0.7, -1.0, 0.4])
    exponent = [Decimal(a) + Decimal(b) for a, b in zip(z, d.tolist(), strict=True)]
    before, after = (sum(v.exp() for v in vector).ln() for vector in ([Decimal(a) for a in z], exponent))
    exact = after - before - Decimal(d[true])
    Y = np.eye(3)[true]
    got = loss_change_of(LOSSES["softmax"])(np.array(z), Y, d)
    assert got == pytest.approx(float(exact), rel=1e-14, abs=1e-50)


def test_the_squared_loss_and_the_absolute_value_change_exactly():
    got = loss_change_of(LOSSES["squared"])(np.array([3.0]), np.array([1.0]), np.array([0.5]))
    assert got == (2.5**2 - 2**2) / 2
    w, d = np.array([2.0, -2.0, 0.25, 0.0]), np.array([0.5, 0.5, -0.5, -0.5])
    np.testing.assert_array_equal(absolute_change(w, d), np.abs(w + d) - np.abs(w))


@pytest.mark.parametrize("name", LOSSES)
def test_a_long_step_or_a_loss_without_identity_is_subtracted_plainly(name):
    rng = np.random.default_rng(0)
    units = 3 if name == "softmax" else 1
    Z, Y = rng.standard_normal((units, 1, 4, 1)), np.eye(3)[rng.integers(0, 3, 4)].T[:units, None, :, None]
    unknown = replace(LOSSES[name], name="mine")
    for size in (1e-3, 3.0):
        d = size * rng.standard_normal((units, 2, 4, 5))
        flat = [np.broadcast_to(part, d.shape).reshape(units, -1).T for part in (Z, Z + d, Y)]
        plain = LOSSES[name].value(flat[1], flat[2]) - LOSSES[name].value(flat[0], flat[2])
        for loss in (LOSSES[name], unknown):
            got = loss_change_of(loss)(Z, Y, d)
            np.testing.assert_allclose(got, plain.reshape(2, 4, 5), rtol=1e-9, atol=1e-13)


def test_an_activation_without_identity_is_subtracted_plainly():
    swish = replace(ACTIVATIONS["tanh"], name="swish", value=lambda Z: Z / (1 + np.exp(-Z)))
    Z, d = np.array([0.5, -2.0]), np.array([0.25, 0.5])
    bend = bend_of(swish)
    np.testing.assert_array_equal(bend.change(Z, d), swish.value(Z + d) - swish.value(Z))
    assert not bend.kinked
    assert not bend.straight


def test_the_piece_goes_on_beyond_the_corner():
    Z, d = np.array([1.0, -1.0, 0.0]), np.array([-3.0, 3.0, 3.0])
    np.testing.assert_array_equal(bend_of(ACTIVATIONS["relu"]).piece(Z, d), [-3, 0, 0])
    np.testing.assert_allclose(bend_of(ACTIVATIONS["leaky_relu"]).piece(Z, d), [-3, 0.03, 0.03])
    unknown = replace(ACTIVATIONS["leaky_relu"], name="mine")
    np.testing.assert_allclose(bend_of(unknown).piece(Z, d), [-3, 0.03, 0.03])
