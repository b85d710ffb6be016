"""The losses, each with the output it belongs to; finite at any logit.

Z is the last layer's (m × n_L) pre-activation, Y the target of the same shape: 0 or 1 for the sigmoid,
one-hot rows for the softmax, t for the squared loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.activations import identity, sigmoid

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss and the output layer that belongs to it.

    Attributes:
        name: `sigmoid`, `softmax` or `squared`.
        value: (Z, Y) -> loss of each example, shape (m,), in nats.
        output: Z -> Ŷ, probabilities or the predicted t.
        error: (Z, Y) -> error of each example, shape (m,): 0 or 1, or the squared deviation.
    For all three, the derivative of the summed loss with respect to Z is Ŷ − Y.
    """

    name: str
    value: Callable[[Floats, Floats], Floats]
    output: Callable[[Floats], Floats]
    error: Callable[[Floats, Floats], Floats]


def sigmoid_cross_entropy(Z: Floats, Y: Floats) -> Floats:
    """−Y log Ŷ − (1 − Y) log(1 − Ŷ) = log(1 + e^Z) − Y Z, without overflow."""
    return (np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z))) - Y * Z)[:, 0]


def softmax(Z: Floats) -> Floats:
    """e^Z normalised over each row, after taking out the row's maximum."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_cross_entropy(Z: Floats, Y: Floats) -> Floats:
    """Log Σ e^Z − Y·Z, row by row."""
    top = Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z - top).sum(axis=1)) - ((Z - top) * Y).sum(axis=1)


def half_squared(Z: Floats, Y: Floats) -> Floats:
    """½ (ŷ − t)²."""
    deviation = (Z - Y)[:, 0]
    return deviation * deviation / 2


def wrong_side(Z: Floats, Y: Floats) -> Floats:
    """1 where the more probable of two classes is the wrong one; a tie counts as class 0."""
    return ((Z > 0) != (Y > 0))[:, 0].astype(Z.dtype)


def wrong_class(Z: Floats, Y: Floats) -> Floats:
    """1 where the most probable class is the wrong one; a tie counts as the first."""
    return (Z.argmax(axis=1) != Y.argmax(axis=1)).astype(Z.dtype)


def squared(Z: Floats, Y: Floats) -> Floats:
    """(ŷ − t)²: in units of the training targets' variance, because t has variance 1 there."""
    return 2 * half_squared(Z, Y)


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("sigmoid", sigmoid_cross_entropy, sigmoid, wrong_side),
        Loss("softmax", softmax_cross_entropy, softmax, wrong_class),
        Loss("squared", half_squared, identity, squared),
    )
}
"""The losses by name."""
