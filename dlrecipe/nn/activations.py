"""The activations g of the hidden layers, each with its slope written in terms of its own value.

Slopes are functions of A = g(Z) alone, so that A may overwrite Z.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.nn.arrays import Floats

LEAK = 0.01
"""Slope of the leaky relu left of zero."""


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function.

    Attributes:
        name: As in the config.
        value: Z -> A = g(Z).
        slope: A -> g′(Z).
        kinked: Whether g has no derivative at 0; the slope there is the left one.
        init: The initialisation that keeps a signal's size through g.
    """

    name: str
    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    kinked: bool = False
    init: str = "xavier"


def relu(Z: Floats) -> Floats:
    """max(0, Z)."""
    return np.maximum(Z, 0)


def relu_slope(A: Floats) -> Floats:
    """1 right of zero, else 0."""
    return (A > 0).astype(A.dtype)


def leaky_relu(Z: Floats) -> Floats:
    """Z right of zero, 0.01 Z left of it."""
    return np.maximum(Z, Z.dtype.type(LEAK) * Z)


def leaky_relu_slope(A: Floats) -> Floats:
    """1 right of zero, else 0.01."""
    return np.where(A > 0, A.dtype.type(1), A.dtype.type(LEAK))


def tanh_slope(A: Floats) -> Floats:
    """1 − A²."""
    return 1 - A * A


def sigmoid(Z: Floats) -> Floats:
    """1 / (1 + e^−Z) as ½ + ½ tanh(Z/2), which overflows at no Z."""
    return Z.dtype.type(0.5) * (1 + np.tanh(Z / 2))


def sigmoid_slope(A: Floats) -> Floats:
    """A (1 − A)."""
    return A * (1 - A)


def identity(Z: Floats) -> Floats:
    """Z."""
    return Z


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("relu", relu, relu_slope, kinked=True, init="he"),
        Activation("tanh", np.tanh, tanh_slope),
        Activation("sigmoid", sigmoid, sigmoid_slope),
        Activation("leaky_relu", leaky_relu, leaky_relu_slope, kinked=True, init="he"),
        Activation("identity", identity, np.ones_like),
    )
}
"""The hidden layers' activations by the name a config calls them; the only list of them.

One that stands here alone can be written in a config, trained and gradient-checked. Its quicker or more exact
forms in `training.plain`, `training.compiled` and `gradcheck.differences` are optional.
"""
