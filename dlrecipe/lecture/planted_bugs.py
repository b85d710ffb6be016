"""Mistakes that people make in backprop, planted one at a time for the gradient check to find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn import Penalty

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training import Examples

    Gradient = Callable[[Network, Floats, Examples], Floats]


@dataclass(frozen=True, slots=True)
class Bug:
    """A mistake.

    Attributes:
        key: Its name in JSON.
        name: What was done wrong.
        block: The block that the check must find to be off most; None where several are.
        gradient: Gives the wrong dJ/dtheta.
    """

    key: str
    name: str
    block: str | None
    gradient: Gradient

    def objective(self, network: Network, some: Examples) -> Callable[[Floats], tuple[float, Floats]]:
        """The network's J with this bug in its gradient."""
        return lambda theta: (network.cost(theta, some.X, some.Y), self.gradient(network, theta, some))


def _right(network: Network, theta: Floats, some: Examples) -> Floats:
    return network.objective(theta, some.X, some.Y)[1]


def _times(block: str, factor: float) -> Gradient:
    """The right gradient, but for one block that is multiplied."""

    def gradient(network: Network, theta: Floats, some: Examples) -> Floats:
        wrong = _right(network, theta, some)
        wrong[network.layout.blocks[block]] *= factor
        return wrong

    return gradient


def _without_penalty(network: Network, theta: Floats, some: Examples) -> Floats:
    return _right(replace(network, penalty=Penalty()), theta, some)


def _without_slope(network: Network, theta: Floats, some: Examples) -> Floats:
    return _right(replace(network, activation=replace(network.activation, slope=np.ones_like)), theta, some)


def _penalised_bias(network: Network, theta: Floats, some: Examples) -> Floats:
    wrong, biases = _right(network, theta, some), slice(network.layout.weights.stop, None)
    wrong[biases] += network.penalty.gradient(theta[biases], len(some))
    return wrong


BUGS = (
    Bug("penalty_forgotten", "penalty forgotten in dW", None, _without_penalty),
    Bug("bias_penalised", "penalty on b as well", None, _penalised_bias),
    Bug("slope_forgotten", "g′(z) forgotten", None, _without_slope),
    Bug("dW2_doubled", "dW2 doubled", "dW2", _times("W2", 2.0)),
    Bug("db2_sign", "the sign of db2", "db2", _times("b2", -1.0)),
)
