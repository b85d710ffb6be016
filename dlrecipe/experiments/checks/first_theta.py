"""Where a training begins: its first theta and some of its examples, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn import initialize
from dlrecipe.training import Examples, stream

if TYPE_CHECKING:
    from dlrecipe.data.raw import Indices
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn.arrays import Floats


def first_theta(prepared: Prepared) -> Floats:
    """Return theta before training."""
    rng = stream(prepared.config.seed, "initialization")
    return initialize(prepared.problem.network.layout, prepared.config.network.init, rng)


def training_examples(prepared: Prepared, rows: Indices) -> Examples:
    """Return the training examples at these rows."""
    return prepared.examples(prepared.dataset.train, np.float64).rows(rows)
