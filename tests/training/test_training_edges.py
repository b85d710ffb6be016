"""The training step where numbers are extreme: equal to the formula, which is finite there."""

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network
from dlrecipe.training import Examples
from dlrecipe.training.batch import Gradient
from dlrecipe.training.plain import PLAIN


@pytest.mark.parametrize("loss", ["softmax", "sigmoid"])
@pytest.mark.parametrize("size", [1e2, 1e4])
def test_a_step_at_large_logits_equals_the_formula(loss, size):
    rng = np.random.default_rng(0)
    outputs = 4 if loss == "softmax" else 1
    network = Network((3, outputs), ACTIVATIONS["relu"], LOSSES[loss])
    theta = size * rng.normal(size=network.layout.size)
    X = rng.normal(size=(9, 3))
    Y = np.eye(outputs)[rng.integers(0, outputs, 9)] if outputs > 1 else rng.integers(0, 2, (9, 1)) * 1.0
    dtheta = np.empty_like(theta)
    Gradient(network, (), theta, dtheta, Examples(X, Y), PLAIN)()
    expected = network.objective(theta, X, Y)[1]
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(dtheta, expected, rtol=1e-12, atol=1e-14)
