"""How much an activation or a loss changes when its argument moves by δ, without subtracting two near equals.

g(Z + δ) − g(Z) loses as many digits as δ is small. The identities here are exact at any δ, and lose none:
they are finite differences like those of the lecture, not derivatives.

Arrays of units have the unit on the first axis, because sums over units are then sums of whole vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.activations import LEAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.nn import Activation, Loss
    from dlrecipe.nn.arrays import Floats

    Difference = Callable[[Floats, Floats], Floats]
    LossDifference = Callable[[Floats, Floats, Floats], Floats]

LONGEST = 1.0
"""Longer steps lose nothing by subtraction, and e^δ or a denominator could leave the floats."""


@dataclass(frozen=True, slots=True)
class Bend:
    """How one activation changes.

    Attributes:
        change: (Z, δ) -> g(Z + δ) − g(Z).
        piece: The same for the smooth piece of g on which Z lies, continued beyond its corner at 0; at the
            corner the left piece, as in the network's slope. The same as `change` where g has no corner.
        kinked: Whether g has a corner at 0.
        straight: Whether g is straight but for that corner, so that −δ does the opposite of δ.
    """

    change: Difference
    piece: Difference
    kinked: bool
    straight: bool


def relu_change(Z: Floats, d: Floats) -> Floats:
    """Piece by piece: δ right of zero, 0 left of it, and only the part right of zero where δ crosses it."""
    change = np.maximum(d, -Z)
    change += np.minimum(Z, 0)  # in place: this line is most of a deep network's check
    return change


def relu_piece(Z: Floats, d: Floats) -> Floats:
    """δ right of zero, else 0."""
    return d * (Z > 0)


def leaky_relu_change(Z: Floats, d: Floats) -> Floats:
    """The leaky relu is 0.01 Z + 0.99 relu(Z)."""
    return LEAK * d + (1 - LEAK) * relu_change(Z, d)


def leaky_relu_piece(Z: Floats, d: Floats) -> Floats:
    """δ right of zero, else 0.01 δ."""
    return d * np.where(Z > 0, 1.0, LEAK)


def absolute_change(w: Floats, d: Floats) -> Floats:
    """|w + δ| − |w|, as |w| = 2 relu(w) − w."""
    return 2 * relu_change(w, d) - d


def tanh_change(Z: Floats, d: Floats) -> Floats:
    """Addition theorem: tanh δ (1 − tanh² Z) / (1 + tanh Z tanh δ)."""
    e = np.exp(-2 * np.abs(Z))
    rest = 4 * e / (1 + e) ** 2  # 1 − tanh² Z, which stays exact where tanh Z rounds to ±1

    def identity(d: Floats) -> Floats:
        t = np.tanh(d)
        return rest * t / (1 + np.tanh(Z) * t)

    return by_length(d, identity, lambda d: np.tanh(Z + d) - np.tanh(Z))


def probabilities(Z: Floats) -> tuple[Floats, Floats]:
    """(σ(Z), σ(−Z)), both exact however close to 0."""
    e = np.exp(-np.abs(Z))
    return np.where(Z > 0, 1, e) / (1 + e), np.where(Z > 0, e, 1) / (1 + e)


def sigmoid_change(Z: Floats, d: Floats) -> Floats:
    """With P = σ(Z): P (1 − P)(e^δ − 1) / (1 + P (e^δ − 1))."""
    P, Q = probabilities(Z)

    def identity(d: Floats) -> Floats:
        e = np.expm1(d)
        return P * Q * e / (1 + P * e)

    return by_length(d, identity, lambda d: probabilities(Z + d)[0] - P)


def by_length(
    d: Floats, identity: Callable[[Floats], Floats], subtraction: Callable[[Floats], Floats]
) -> Floats:
    """The identity where the step is short, plain subtraction where it is long."""
    if reach(d) <= LONGEST:
        return identity(d)
    short = np.abs(d) <= LONGEST
    return np.where(short, identity(np.where(short, d, 0)), subtraction(d))


def reach(d: Floats) -> float:
    """The length of the longest step; no array is made on the way."""
    return float(max(d.max(), -d.min())) if d.size else 0.0


def identity_change(_Z: Floats, d: Floats) -> Floats:
    """δ itself."""
    return d


def sigmoid_cross_entropy_change(Z: Floats, Y: Floats, d: Floats) -> Floats:
    """log(1 + e^Z) − Y Z moves by log(P e^δ + 1 − P) − Y δ; Y δ goes into both exponents."""
    exponents = np.concatenate(((1 - Y) * d, -Y * d))
    logs = np.concatenate((-np.logaddexp(0, -Z), -np.logaddexp(0, Z)))
    return log_mean_exp(np.concatenate(probabilities(Z)), logs, exponents)


def softmax_cross_entropy_change(Z: Floats, Y: Floats, d: Floats) -> Floats:
    """Log Σ e^Z − Y·Z moves by log Σ P e^δ − Y·δ; Y·δ goes into every exponent."""
    from_top = Z - Z.max(axis=0)
    E = np.exp(from_top)
    total = E.sum(axis=0)
    return log_mean_exp(E / total, from_top - np.log(total), d - over_classes(Y, d))


def log_mean_exp(P: Floats, logs: Floats, d: Floats) -> Floats:
    """Log Σ P e^δ over the first axis, Σ P being 1: log1p Σ P (e^δ − 1), which is exact however small δ.

    Args:
        P: Probabilities.
        logs: log P, for long steps, which may find what is 0 in P.
        d: Exponents; overwritten.
    """
    if reach(d) <= LONGEST:
        return np.log1p(over_classes(P, np.expm1(d, out=d)))
    exponents = logs + d
    top = exponents.max(axis=0)
    whole = top + np.log(np.exp(exponents - top).sum(axis=0))
    short = np.abs(d).max(axis=0) <= LONGEST
    return np.where(short, np.log1p(over_classes(P, np.expm1(np.where(short, d, 0)))), whole)


def over_classes(weights: Floats, values: Floats) -> Floats:
    """Σ over the first axis of weights × values, without an array of the products."""
    return np.einsum("k...,k...->...", weights, values)


def half_squared_change(Z: Floats, Y: Floats, d: Floats) -> Floats:
    """½ (Z + δ − Y)² − ½ (Z − Y)² = δ (Z − Y + δ/2)."""
    return (d * (Z - Y + d / 2))[0]


ACTIVATION_CHANGES: dict[str, Difference] = {
    "relu": relu_change,
    "leaky_relu": leaky_relu_change,
    "tanh": tanh_change,
    "sigmoid": sigmoid_change,
    "identity": identity_change,
}
"""The identity of each activation; one without falls back to plain subtraction."""

PIECES: dict[str, Difference] = {"relu": relu_piece, "leaky_relu": leaky_relu_piece}
"""The piece on which Z lies, of each activation made of straight pieces."""

LOSS_CHANGES: dict[str, LossDifference] = {
    "sigmoid": sigmoid_cross_entropy_change,
    "softmax": softmax_cross_entropy_change,
    "squared": half_squared_change,
}
"""The identity of each loss; one without falls back to plain subtraction."""


def bend_of(activation: Activation) -> Bend:
    """How the activation changes: by its identity, else by plain subtraction."""

    def plain(Z: Floats, d: Floats) -> Floats:
        return activation.value(Z + d) - activation.value(Z)

    def along_slope(Z: Floats, d: Floats) -> Floats:
        return activation.slope(activation.value(Z)) * d

    change = ACTIVATION_CHANGES.get(activation.name, plain)
    piece = PIECES.get(activation.name, along_slope) if activation.kinked else change
    return Bend(change, piece, activation.kinked, straight=activation.name in (*PIECES, "identity"))


def loss_change_of(loss: Loss) -> LossDifference:
    """How the loss changes, (Z, Y, δ) -> all axes but the first: by its identity, else by subtraction."""

    def value(Z: Floats, Y: Floats) -> Floats:
        rows = (np.moveaxis(part, 0, -1) for part in np.broadcast_arrays(Z, Y))
        flat = [part.reshape(-1, len(Z)) for part in rows]
        return loss.value(flat[0], flat[1]).reshape(np.broadcast_shapes(Z.shape, Y.shape)[1:])

    def plain(Z: Floats, Y: Floats, d: Floats) -> Floats:
        return value(Z + d, Y) - value(Z, Y)

    return LOSS_CHANGES.get(loss.name, plain)
