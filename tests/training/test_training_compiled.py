"""Compiled kernels give the bits of the plain ones."""

from itertools import product

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import OPTIMIZERS, PLAIN, Examples, Problem, epochs, start

compiled = pytest.importorskip("dlrecipe.training.compiled")


@pytest.mark.parametrize(("activation", "loss", "optimizer"), list(product(ACTIVATIONS, LOSSES, OPTIMIZERS)))
@pytest.mark.parametrize("keep_prob", [(1.0, 1.0), (0.7, 0.8)])
@pytest.mark.parametrize(("lambd", "l1_ratio"), [(0.0, 0.0), (1.0, 0.5)])
def test_three_epochs_give_the_same_bits(activation, loss, optimizer, keep_prob, lambd, l1_ratio):
    rng = np.random.default_rng(0)
    outputs = 3 if loss == "softmax" else 1
    y = {"softmax": rng.integers(0, 3, 100), "sigmoid": rng.integers(0, 2, 100)}.get(
        loss, rng.standard_normal(100)
    )
    examples = Examples.encode(rng.standard_normal((100, 5)), y, loss, outputs, np.float32)
    network = Network((5, 7, 6, outputs), ACTIVATIONS[activation], LOSSES[loss], Penalty(lambd, l1_ratio))
    problem = Problem(network, examples, examples.rows(np.arange(30)), optimizer, 1e-2, 32, 3, keep_prob, 0)
    thetas, records = [], []
    for kernels in (PLAIN, compiled.COMPILED):
        state = start(problem, "he")
        records.append([epoch._replace(seconds=0) for epoch in epochs(problem, state, kernels)])
        thetas.append(state.theta.tobytes())
    assert thetas[0] == thetas[1]
    assert records[0] == records[1]


def test_a_nan_stays_one():
    theta = np.array([np.nan, 1.0], np.float32)
    g, M, V = (np.ones(2, np.float32) for _ in range(3))
    one = np.float32(1)
    compiled.adam(theta, g, M, V, (one, one), one, one)
    assert np.isnan(theta[0])
    Z = np.array([[np.nan, -1.0, 2.0]], np.float32)
    compiled.relu(Z, np.zeros(3, np.float32))
    np.testing.assert_array_equal(Z, [[np.nan, 0, 2]])
