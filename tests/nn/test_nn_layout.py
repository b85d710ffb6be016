"""theta's layout, and the first theta."""

import numpy as np
import pytest

from dlrecipe.nn import Layout, initialize, standard_deviation


def test_weights_come_first_then_biases():
    layout = Layout((3, 4, 2))
    assert list(layout.blocks) == ["W1", "W2", "b1", "b2"]
    assert layout.blocks == {
        "W1": slice(0, 12),
        "W2": slice(12, 20),
        "b1": slice(20, 24),
        "b2": slice(24, 26),
    }
    assert (layout.weights, layout.size, layout.depth) == (slice(0, 20), 26, 2)


def test_layers_are_views_of_theta():
    layout = Layout((2, 3, 1))
    theta = np.arange(float(layout.size))
    (W1, b1), (W2, b2) = layout.layers(theta)
    assert (W1.shape, b1.shape, W2.shape, b2.shape) == ((3, 2), (3,), (1, 3), (1,))
    W1[0, 1] = 100
    assert theta[1] == 100


def test_a_network_without_hidden_layers():
    assert Layout((5, 1)).size == 6


@pytest.mark.parametrize(
    ("init", "variance"),
    [
        ("he", lambda n_in, _: 2 / n_in),
        ("lecun", lambda n_in, _: 1 / n_in),
        ("xavier", lambda n_in, n_out: 2 / (n_in + n_out)),
        (0.3, lambda *_: 0.09),
        ("zeros", lambda *_: 0.0),
    ],
)
def test_each_initialisation_has_its_variance_at_each_layer(init, variance):
    layout = Layout((400, 300, 200, 300))
    theta = initialize(layout, init, np.random.default_rng(0))
    for W, b in layout.layers(theta):
        expected = variance(W.shape[1], W.shape[0])
        # the variance of n normal draws is within 5 standard errors, variance·√(2/n) each
        assert abs(W.var() - expected) <= 5 * expected * np.sqrt(2 / W.size)
        assert abs(W.mean()) <= 5 * np.sqrt(expected / W.size)
        assert not b.any()


def test_initialisation_scales_the_same_draws():
    layout = Layout((5, 4, 3))
    one = initialize(layout, 1.0, np.random.default_rng(7))
    he = initialize(layout, "he", np.random.default_rng(7))
    np.testing.assert_allclose(
        he[layout.blocks["W2"]], one[layout.blocks["W2"]] * standard_deviation("he", 4, 3)
    )
