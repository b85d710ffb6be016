"""The elementwise passes of a step compiled by Numba (the extra `fast`): one pass where NumPy makes several.

Each kernel stands under the name of the formula in `nn` or `optimizers` that it must equal, to the last bit:
the operations are the same ones in the same order, and nothing is contracted or reordered (no fastmath), so
that NaN and infinities come out as they do there. What is not here is left to `plain`.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from dlrecipe.nn.activations import LEAK
from dlrecipe.training.optimizers import OPTIMIZERS, Adam, GradientDescent, Momentum, RMSprop
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.update import soft_threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.kernels import Call, Step

compiled = numba.njit(cache=True, error_model="numpy", nogil=True)


@compiled
def relu(Z: Any, b: Any) -> None:
    """`nn.activations.relu` of Z + b."""
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            z = Z[i, j] + b[j]
            Z[i, j] = b.dtype.type(0) if z < 0 else z


@compiled
def leaky_relu(Z: Any, b: Any, leak: Any) -> None:
    """`nn.activations.leaky_relu` of Z + b."""
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            z = Z[i, j] + b[j]
            Z[i, j] = leak * z if z < 0 else z


@compiled
def relu_slope(d: Any, A: Any) -> None:
    """`nn.activations.relu_slope`, times d."""
    for i in range(d.size):
        d[i] = d[i] * (A[i] > 0)


@compiled
def relu_slope_dropped(d: Any, A: Any, mask: Any) -> None:
    """The same, with the mask of a dropped layer."""
    for i in range(d.size):
        d[i] = (d[i] * mask[i]) * (A[i] > 0)


@compiled
def tanh_slope(d: Any, A: Any) -> None:
    """`nn.activations.tanh_slope`, times d."""
    one = A.dtype.type(1)
    for i in range(d.size):
        d[i] = d[i] * (one - A[i] * A[i])


@compiled
def shifted(Z: Any, b: Any, d: Any, row: Any) -> None:
    """Z + b less the row's maximum, turned to (classes × examples): `nn.losses.softmax` before exp."""
    classes, examples = d.shape
    for j in range(examples):
        row[j] = Z[j, 0] + b[0]
    for i in range(classes):
        for j in range(examples):
            d[i, j] = Z[j, i] + b[i]
            row[j] = max(row[j], d[i, j])
    for i in range(classes):
        for j in range(examples):
            d[i, j] -= row[j]


@compiled
def softmax_delta(E: Any, Y: Any, row: Any, scale: Any) -> None:
    """(E/ΣE − Y)·scale, of E (classes × examples): `nn.losses.softmax` after exp, less the target."""
    classes, examples = E.shape
    for j in range(examples):
        row[j] = E[0, j]
    for i in range(1, classes):
        for j in range(examples):
            row[j] += E[i, j]
    for i in range(classes):
        for j in range(examples):
            E[i, j] = (E[i, j] / row[j] - Y[j, i]) * scale


@compiled
def halved(Z: Any, b: Any, d: Any, half: Any) -> None:
    """(Z + b)/2, turned to (n_L × examples): `nn.activations.sigmoid` before tanh."""
    for i in range(d.shape[0]):
        for j in range(d.shape[1]):
            d[i, j] = (Z[j, i] + b[i]) * half


@compiled
def sigmoid_delta(T: Any, Y: Any, half: Any, scale: Any) -> None:
    """(½ + ½ T − Y)·scale: `nn.activations.sigmoid` after tanh, less the target."""
    one = half + half
    for i in range(T.shape[0]):
        for j in range(T.shape[1]):
            T[i, j] = ((T[i, j] + one) * half - Y[j, i]) * scale


@compiled
def decay(theta: Any, g: Any, weights: int, l2: Any) -> None:
    """The L2 penalty's part of the gradient."""
    for i in range(weights):
        g[i] += theta[i] * l2


@compiled
def gradient_descent(theta: Any, g: Any, rate: float) -> None:
    """`optimizers.GradientDescent`."""
    rate = theta.dtype.type(rate)
    for i in range(theta.size):
        theta[i] -= g[i] * rate


@compiled
def momentum(theta: Any, g: Any, v: Any, beta: Any, rate: float) -> None:
    """`optimizers.Momentum`."""
    rate = theta.dtype.type(rate)
    for i in range(theta.size):
        v[i] = v[i] * beta + g[i]
        theta[i] -= v[i] * rate


@compiled
def rmsprop(theta: Any, g: Any, V: Any, beta: Any, epsilon: float, factor: float) -> None:
    """`optimizers.RMSprop`; leaves the denominator in g."""
    epsilon, factor = theta.dtype.type(epsilon), theta.dtype.type(factor)
    for i in range(theta.size):
        V[i] = V[i] * beta + g[i] * g[i]
        root = math.sqrt(V[i]) + epsilon
        theta[i] -= g[i] / root * factor
        g[i] = root


@compiled
def adam(theta: Any, g: Any, M: Any, V: Any, betas: Any, epsilon: float, factor: float) -> None:
    """`optimizers.Adam`; leaves the denominator in g."""
    beta1, beta2 = betas
    epsilon, factor = theta.dtype.type(epsilon), theta.dtype.type(factor)
    for i in range(theta.size):
        M[i] = M[i] * beta1 + g[i]
        V[i] = V[i] * beta2 + g[i] * g[i]
        g[i] = math.sqrt(V[i]) + epsilon
        theta[i] -= M[i] / g[i] * factor


class Compiled:
    """The elementwise passes of a step by Numba."""

    name = "numba"

    def hidden(self, activation: str, Z: Floats, b: Floats) -> list[Call]:
        """Z := g(Z + b)."""
        if activation == "relu":
            return [partial(relu, Z, b)]
        if activation == "leaky_relu":
            return [partial(leaky_relu, Z, b, Z.dtype.type(LEAK))]
        return PLAIN.hidden(activation, Z, b)

    def drop(self, A: Floats, mask: Floats, dropped: Floats) -> list[Call]:
        """The units that are kept, divided by how probable that was."""
        return PLAIN.drop(A, mask, dropped)

    def delta(self, loss: str, Z: Floats, b: Floats, Y: Floats, d: Floats) -> list[Call]:
        """The derivative d (n_L × examples) := (Ŷ − Y)/examples."""
        scale = Z.dtype.type(1 / len(Y))
        if loss == "softmax":
            row = np.empty(len(Z), Z.dtype)
            return [
                partial(shifted, Z, b, d, row),
                partial(np.exp, d, d),
                partial(softmax_delta, d, Y, row, scale),
            ]
        if loss == "sigmoid":
            half = Z.dtype.type(0.5)
            return [
                partial(halved, Z, b, d, half),
                partial(np.tanh, d, d),
                partial(sigmoid_delta, d, Y, half, scale),
            ]
        return PLAIN.delta(loss, Z, b, Y, d)

    def slope(self, activation: str, d: Floats, A: Floats, mask: Floats | None) -> list[Call]:
        """The derivative d := d·mask·g′."""
        if activation == "relu" and mask is not None:
            return [partial(relu_slope_dropped, d.reshape(-1), A.reshape(-1), mask.reshape(-1))]
        if activation == "relu":
            return [partial(relu_slope, d.reshape(-1), A.reshape(-1))]
        if activation == "tanh" and mask is None:
            return [partial(tanh_slope, d.reshape(-1), A.reshape(-1))]
        return PLAIN.slope(activation, d, A, mask)

    def update(
        self, network: Network, m: int, optimizer: str, theta: Floats, g: Floats, slots: Mapping[str, Floats]
    ) -> Step:
        """Penalty and optimiser in one or two passes, then the proximal step of an L1 penalty."""
        chosen, real = OPTIMIZERS[optimizer], theta.dtype.type
        if type(chosen) not in COMPILED_OPTIMIZERS:
            return PLAIN.update(network, m, optimizer, theta, g, slots)
        arrays = [theta, g, *(slots[name] for name in chosen.slots)]
        weights, l2, l1 = network.layout.weights.stop, network.penalty.l2(m), network.penalty.l1(m)
        scratch = np.empty(weights if l1 else 0, theta.dtype)
        kernel, betas = _optimizer(optimizer, real)

        def step(rate: float, t: int) -> None:
            if l2:
                decay(theta, g, weights, real(l2))
            kernel(*arrays, *betas, *chosen.scalars(rate, t))
            if l1:
                reach = chosen.reach(rate, t, l1)
                soft_threshold(theta[:weights], chosen.threshold(g[:weights], reach), scratch)

        return step


def _optimizer(name: str, real: Any) -> tuple[Callable[..., None], tuple[Any, ...]]:
    """The kernel of an optimiser, and what it takes before a step's numbers, in theta's precision."""
    optimizer = OPTIMIZERS[name]
    if isinstance(optimizer, Adam):
        return adam, ((real(optimizer.beta1), real(optimizer.beta2)),)
    if isinstance(optimizer, RMSprop):
        return rmsprop, (real(optimizer.beta),)
    if isinstance(optimizer, Momentum):
        return momentum, (real(optimizer.beta),)
    return gradient_descent, ()


COMPILED_OPTIMIZERS = (GradientDescent, Momentum, RMSprop, Adam)
COMPILED = Compiled()
