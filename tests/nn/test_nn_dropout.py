"""Inverted dropout: exact probabilities, and E[z] preserved at each layer."""

import numpy as np
import pytest

from dlrecipe.errors import UsageError
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, draw_masks, initialize
from dlrecipe.nn.dropout import threshold


@pytest.mark.parametrize("keep_prob", [0.001, 0.01, 0.1, 0.5, 0.7, 0.8, 0.9, 0.95, 0.999])
def test_threshold_is_within_a_thousandth_or_two_bytes(keep_prob):
    cut, span = threshold(keep_prob)
    assert 1 <= cut <= span
    assert abs(cut / span - keep_prob) <= max(0.001 * keep_prob, 0.5 / 2**16)


def test_masks_keep_with_the_stated_probability_and_are_scaled_by_it():
    (mask,) = draw_masks((1000,), (0.7,), 1000, np.random.default_rng(0))
    cut, span = threshold(0.7)
    kept = mask > 0
    p = cut / span
    assert abs(kept.mean() - p) < 5 * np.sqrt(p * (1 - p) / kept.size)
    np.testing.assert_allclose(mask[kept], 1 / p)


def test_no_mask_where_everything_is_kept():
    assert draw_masks((3, 2), (1.0, 1.0), 5, np.random.default_rng(0)) == [None, None]


def test_one_keep_prob_per_hidden_layer():
    with pytest.raises(UsageError, match=r"one number per hidden layer \(2\)\. Got 1"):
        draw_masks((3, 2), (0.5,), 5, np.random.default_rng(0))


def test_expected_pre_activation_is_preserved_at_each_layer():
    # with identity units E[z] must equal z without dropout, at every layer, within sampling error
    rng = np.random.default_rng(0)
    network = Network((6, 30, 20, 4), ACTIVATIONS["identity"], LOSSES["softmax"])
    theta = initialize(network.layout, "he", rng)
    X = rng.standard_normal((1, 6))
    draws = np.repeat(X, 20_000, axis=0)
    masks = draw_masks(network.hidden, (0.5, 0.7), len(draws), rng)
    clean, Z_clean = network.forward(theta, X)
    noisy, Z_noisy = network.forward(theta, draws, masks)
    for A, expected in [(noisy[1][1], clean[1][1]), (noisy[2][1], clean[2][1]), (Z_noisy, Z_clean)]:
        error = np.abs(A.mean(axis=0) - expected[0])
        assert (error < 5 * A.std(axis=0) / np.sqrt(len(A)) + 1e-12).all()
    # without the division the last z would be off by the product of the keep_probs
    assert np.linalg.norm(Z_noisy.mean(axis=0) - Z_clean) < 0.1 * np.linalg.norm(Z_clean)


def test_prediction_uses_no_dropout():
    rng = np.random.default_rng(0)
    network = Network((3, 50, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"])
    theta = initialize(network.layout, "he", rng)
    X = rng.standard_normal((10, 3))
    np.testing.assert_array_equal(network.predict(theta, X), network.predict(theta, X))
    W1, b1 = network.layout.layers(theta)[0]
    W2, b2 = network.layout.layers(theta)[1]
    Z = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
    np.testing.assert_allclose(network.predict(theta, X), 1 / (1 + np.exp(-Z)))
