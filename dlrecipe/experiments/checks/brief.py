"""A short training of a small network of our own, for what a look wants to know of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.training import Problem, epochs, start

if TYPE_CHECKING:
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training import Examples

ITERATIONS = 60
"""Of L-BFGS: enough to be near the optimum of a linear model."""


def fit_briefly(network: Network, examples: Examples, seed: int) -> Floats:
    """Return theta after a few full-batch iterations of L-BFGS.

    Args:
        network: What is trained, without dropout.
        examples: In float64.
        seed: Of its initialisation.
    """
    problem = Problem(
        network=network,
        train=examples,
        dev=examples.rows(np.arange(1)),
        optimizer="lbfgs",
        learning_rate=1.0,
        batch_size=None,
        epochs=ITERATIONS,
        keep_prob=(1.0,) * len(network.hidden),
        seed=seed,
    )
    state = start(problem, "xavier")
    for _ in epochs(problem, state):
        pass
    return state.theta
