"""The check of a weighted loss, and of one that is weighted on one side only."""

import numpy as np
import pytest
from gradcheck_problems import draw

from dlrecipe.gradcheck import check_network
from dlrecipe.nn import LOSSES, Network

WEIGHTS = np.array([0.2, 3.0, 1.0, 0.5, 1.5, 0.3, 0.5])


@pytest.mark.parametrize("method", ["fast", "naive"])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_weighted_gradient_passes(loss, method):
    p = draw(loss=loss, keep=0.7)
    found = check_network(p.network, *p.data, masks=p.masks, weights=WEIGHTS, method=method)
    assert found.passed
    assert found.difference < 1e-7


class Unweighted(Network):
    def objective(self, theta, X, Y, masks=None, m=None, weights=None):
        J = self.cost(theta, X, Y, masks, m, weights)
        return J, super().objective(theta, X, Y, masks, m)[1]


@pytest.mark.parametrize("method", ["fast", "naive"])
def test_a_gradient_without_the_weights_is_found(method):
    p = draw(kind=Unweighted)
    assert not check_network(p.network, *p.data, weights=WEIGHTS, method=method).passed
