"""The formulas of `nn` once more, in place and without a new array: what one training step runs.

Each stands beside the name of the plain formula it must equal; the tests hold the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.activations import LEAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats


def relu(Z: Floats, _scratch: Floats) -> None:
    """`nn.activations.relu`."""
    np.maximum(Z, 0, out=Z)


def leaky_relu(Z: Floats, scratch: Floats) -> None:
    """`nn.activations.leaky_relu`."""
    np.multiply(Z, LEAK, out=scratch)
    np.maximum(Z, scratch, out=Z)


def tanh(Z: Floats, _scratch: Floats) -> None:
    """`np.tanh`."""
    np.tanh(Z, out=Z)


def sigmoid(Z: Floats, _scratch: Floats) -> None:
    """`nn.activations.sigmoid`."""
    Z *= 0.5
    np.tanh(Z, out=Z)
    Z += 1
    Z *= 0.5


def identity(_Z: Floats, _scratch: Floats) -> None:
    """Nothing to do."""


VALUES: dict[str, Callable[[Floats, Floats], None]] = {
    "relu": relu,
    "leaky_relu": leaky_relu,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "identity": identity,
}
"""(Z, scratch) -> Z becomes g(Z)."""


def relu_slope(d: Floats, A: Floats, _scratch: Floats, positive: NDArray[np.bool_]) -> None:
    """`nn.activations.relu_slope`."""
    np.multiply(d, np.greater(A, 0, out=positive), out=d)


def leaky_relu_slope(d: Floats, A: Floats, scratch: Floats, positive: NDArray[np.bool_]) -> None:
    """`nn.activations.leaky_relu_slope`, as 0.01 + 0.99 where positive."""
    np.multiply(np.greater(A, 0, out=positive), 1 - LEAK, out=scratch)
    scratch += LEAK
    np.multiply(d, scratch, out=d)


def tanh_slope(d: Floats, A: Floats, scratch: Floats, _positive: NDArray[np.bool_]) -> None:
    """`nn.activations.tanh_slope`."""
    np.multiply(A, A, out=scratch)
    np.subtract(1, scratch, out=scratch)
    np.multiply(d, scratch, out=d)


def sigmoid_slope(d: Floats, A: Floats, scratch: Floats, _positive: NDArray[np.bool_]) -> None:
    """`nn.activations.sigmoid_slope`."""
    np.subtract(1, A, out=scratch)
    np.multiply(scratch, A, out=scratch)
    np.multiply(d, scratch, out=d)


def identity_slope(_d: Floats, _A: Floats, _scratch: Floats, _positive: NDArray[np.bool_]) -> None:
    """Nothing to do."""


SLOPES: dict[str, Callable[[Floats, Floats, Floats, NDArray[np.bool_]], None]] = {
    "relu": relu_slope,
    "leaky_relu": leaky_relu_slope,
    "tanh": tanh_slope,
    "sigmoid": sigmoid_slope,
    "identity": identity_slope,
}
"""(d, A, scratch, positive) -> d becomes d·g′, given A = g(Z)."""


def softmax(Z: Floats, _scratch: Floats) -> None:
    """`nn.losses.softmax`."""
    Z -= Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1, keepdims=True)


OUTPUTS: dict[str, Callable[[Floats, Floats], None]] = {
    "sigmoid": sigmoid,
    "softmax": softmax,
    "squared": identity,
}
"""(Z, scratch) -> Z becomes Ŷ, by the loss's name."""
