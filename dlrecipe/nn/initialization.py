"""The first theta: b = 0 and W[l] ~ N(0, σ²), σ² chosen so that signals neither vanish nor explode."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.nn.layout import Layout


def standard_deviation(init: str | float, n_in: int, n_out: int) -> float:
    """σ of a layer's weights.

    Args:
        init: `he` N(0, 2/n), `lecun` N(0, 1/n), `xavier` N(0, 2/(n_in+n_out)), `zeros`, or σ itself.
        n_in: Units of the layer before.
        n_out: Units of the layer.

    Source: He et al. 2015; LeCun et al. 1998; Glorot & Bengio 2010; the lecture's 2/n and 1/n.
    """
    rules = {
        "he": lambda: math.sqrt(2 / n_in),
        "lecun": lambda: math.sqrt(1 / n_in),
        "xavier": lambda: math.sqrt(2 / (n_in + n_out)),
        "zeros": lambda: 0.0,
    }
    return rules[init]() if isinstance(init, str) else float(init)


def initialize(layout: Layout, init: str | float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw theta in float64; the same draws whatever the scale, so that `init` alone changes only σ."""
    theta = np.zeros(layout.size)
    for (W, _), (n_in, n_out) in zip(layout.layers(theta), pairwise(layout.sizes), strict=True):
        W[:] = standard_deviation(init, n_in, n_out) * rng.standard_normal((n_out, n_in))
    return theta
