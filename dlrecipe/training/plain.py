"""The formulas of `nn` once more, in place: each written out as the NumPy calls that one step makes.

Each stands under the name of the formula that it must equal; the tests hold the two together. Constants are
arrays of the buffers' shape where NumPy is two to three times as fast with them as with a scalar (`maximum`,
`greater`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.activations import ACTIVATIONS, LEAK
from dlrecipe.training.update import Update

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.kernels import Call, Step


def relu(Z: Floats) -> list[Call]:
    """`nn.activations.relu`."""
    return [partial(np.maximum, Z, np.zeros_like(Z), out=Z)]


def leaky_relu(Z: Floats) -> list[Call]:
    """`nn.activations.leaky_relu`."""
    leaked = np.empty_like(Z)
    return [partial(np.multiply, Z, LEAK, leaked), partial(np.maximum, Z, leaked, out=Z)]


def tanh(Z: Floats) -> list[Call]:
    """`np.tanh`."""
    return [partial(np.tanh, Z, Z)]


def sigmoid(Z: Floats) -> list[Call]:
    """`nn.activations.sigmoid`."""
    return [
        partial(np.multiply, Z, 0.5, Z),
        partial(np.tanh, Z, Z),
        partial(np.add, Z, 1, Z),
        partial(np.multiply, Z, 0.5, Z),
    ]


def identity(_Z: Floats) -> list[Call]:
    """Nothing to do."""
    return []


VALUES: dict[str, Callable[[Floats], list[Call]]] = {
    "relu": relu,
    "leaky_relu": leaky_relu,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "identity": identity,
}
"""Z -> the calls that make it g(Z)."""


def relu_slope(d: Floats, A: Floats) -> list[Call]:
    """`nn.activations.relu_slope`."""
    positive = np.empty(A.shape, np.bool_)
    return [partial(np.greater, A, np.zeros_like(A), positive), partial(np.multiply, d, positive, d)]


def leaky_relu_slope(d: Floats, A: Floats) -> list[Call]:
    """`nn.activations.leaky_relu_slope`, as 0.01 + 0.99 where positive."""
    slope = np.empty_like(A)
    return [
        partial(np.greater, A, np.zeros_like(A), slope),
        partial(np.multiply, slope, 1 - LEAK, slope),
        partial(np.add, slope, LEAK, slope),
        partial(np.multiply, d, slope, d),
    ]


def tanh_slope(d: Floats, A: Floats) -> list[Call]:
    """`nn.activations.tanh_slope`."""
    slope = np.empty_like(A)
    return [
        partial(np.multiply, A, A, slope),
        partial(np.subtract, 1, slope, slope),
        partial(np.multiply, d, slope, d),
    ]


def sigmoid_slope(d: Floats, A: Floats) -> list[Call]:
    """`nn.activations.sigmoid_slope`."""
    slope = np.empty_like(A)
    return [
        partial(np.subtract, 1, A, slope),
        partial(np.multiply, slope, A, slope),
        partial(np.multiply, d, slope, d),
    ]


def identity_slope(_d: Floats, _A: Floats) -> list[Call]:
    """Nothing to do."""
    return []


SLOPES: dict[str, Callable[[Floats, Floats], list[Call]]] = {
    "relu": relu_slope,
    "leaky_relu": leaky_relu_slope,
    "tanh": tanh_slope,
    "sigmoid": sigmoid_slope,
    "identity": identity_slope,
}
"""(d, A) -> the calls that make it d·g′, given A = g(Z)."""


def softmax(Z: Floats) -> list[Call]:
    """`nn.losses.softmax`, of Z (classes × …): sums over the first axis are the quick ones."""
    row = np.empty(Z.shape[1:], Z.dtype)
    return [
        partial(np.maximum.reduce, Z, 0, None, row),
        partial(np.subtract, Z, row, Z),
        partial(np.exp, Z, Z),
        partial(np.add.reduce, Z, 0, None, row),
        partial(np.divide, Z, row, Z),
    ]


OUTPUTS: dict[str, Callable[[Floats], list[Call]]] = {
    "sigmoid": sigmoid,
    "softmax": softmax,
    "squared": identity,
}
"""Z (n_L × examples) -> the calls that make it Ŷ, by the loss's name."""


def value_calls(activation: str) -> Callable[[Floats], list[Call]]:
    """The calls of an activation: those written out above, else its formula, which allocates."""

    def by_formula(Z: Floats) -> list[Call]:
        value = ACTIVATIONS[activation].value
        return [lambda: np.copyto(Z, value(Z))]

    return VALUES.get(activation, by_formula)


def slope_calls(activation: str) -> Callable[[Floats, Floats], list[Call]]:
    """The calls of its slope, likewise."""

    def by_formula(d: Floats, A: Floats) -> list[Call]:
        slope = ACTIVATIONS[activation].slope
        return [lambda: np.multiply(d, slope(A), out=d)]

    return SLOPES.get(activation, by_formula)


class Plain:
    """The elementwise passes of a step in NumPy."""

    name = "numpy"

    def hidden(self, activation: str, Z: Floats, b: Floats) -> list[Call]:
        """Z := g(Z + b)."""
        return [partial(np.add, Z, b, Z), *value_calls(activation)(Z)]

    def drop(self, A: Floats, mask: Floats, dropped: Floats) -> list[Call]:
        """The units that are kept, divided by how probable that was."""
        return [partial(np.multiply, A, mask, dropped)]

    def delta(self, loss: str, Z: Floats, b: Floats, Y: Floats, d: Floats) -> list[Call]:
        """The derivative d (n_L × examples) := (Ŷ − Y)/examples of the mean loss."""
        return [
            partial(np.add, Z.T, b[:, None], d),
            *OUTPUTS[loss](d),
            partial(np.subtract, d, Y.T, d),
            partial(np.multiply, d, 1 / len(Y), d),
        ]

    def slope(self, activation: str, d: Floats, A: Floats, mask: Floats | None) -> list[Call]:
        """The derivative d := d·mask·g′."""
        dropped = [] if mask is None else [partial(np.multiply, d, mask, d)]
        return [*dropped, *slope_calls(activation)(d, A)]

    def update(
        self, network: Network, m: int, optimizer: str, theta: Floats, g: Floats, slots: Mapping[str, Floats]
    ) -> Step:
        """Penalty, optimiser and proximal step in blocks that fit the cache."""
        return Update(network, m, optimizer, theta, g, slots)


PLAIN = Plain()
