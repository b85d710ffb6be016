"""First-order optimisers, each as its formula over a flat stretch of theta, in place.

A formula gets theta, the gradient g (which it may use up), a scratch array and its own slots, all of one
length, and writes no new array. `reach` says how far a step moves theta per unit of a gradient that never
changes: what the proximal step of an L1 penalty shrinks by, per unit of the penalty's slope. Where it differs
from entry to entry it is computed from what `step` left in g.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.arrays import Floats


class Optimizer(Protocol):
    """What the trainer asks of an optimiser."""

    slots: ClassVar[tuple[str, ...]]

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], rate: float, t: int
    ) -> None:
        """Move theta by the t-th step (from 1)."""

    def reach(self, g: Floats, rate: float, t: int) -> float | Floats:
        """Displacement of theta per unit of constant gradient; called after `step`, g as that left it."""


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """θ := θ − rate·dJ."""

    slots: ClassVar[tuple[str, ...]] = ()

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], rate: float, t: int
    ) -> None:
        """Move theta downhill."""
        del slots, t
        theta -= np.multiply(g, rate, out=scratch)

    def reach(self, g: Floats, rate: float, t: int) -> float:
        """The rate."""
        del g, t
        return rate


@dataclass(frozen=True, slots=True)
class Momentum:
    """v := 0.9 v + dJ; θ := θ − rate·v."""

    slots: ClassVar[tuple[str, ...]] = ("velocity",)
    beta: float = 0.9

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], rate: float, t: int
    ) -> None:
        """Move theta along the velocity."""
        del t
        (v,) = slots
        v *= self.beta
        v += g
        theta -= np.multiply(v, rate, out=scratch)

    def reach(self, g: Floats, rate: float, t: int) -> float:
        """The rate times the sum of the geometric series."""
        del g, t
        return rate / (1 - self.beta)


@dataclass(frozen=True, slots=True)
class RMSprop:
    """s := β s + (1−β) dJ²; θ := θ − rate·dJ/(√s + ε).

    Source: Hinton's lecture 6e. The slot holds s/(1−β), which saves a pass.
    """

    slots: ClassVar[tuple[str, ...]] = ("squares",)
    beta: float = 0.99
    epsilon: float = 1e-8

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], rate: float, t: int
    ) -> None:
        """Move theta; leaves the denominator in g."""
        del t
        (V,) = slots
        scale = math.sqrt(1 - self.beta)
        V *= self.beta
        V += np.multiply(g, g, out=scratch)
        np.sqrt(V, out=scratch)
        scratch += self.epsilon / scale
        np.divide(g, scratch, out=g)
        g *= rate / scale
        theta -= g
        np.copyto(g, scratch)

    def reach(self, g: Floats, rate: float, t: int) -> Floats:
        """The rate over the root of the mean square."""
        del t
        return np.divide(rate / math.sqrt(1 - self.beta), g, out=g)


@dataclass(frozen=True, slots=True)
class Adam:
    """Momentum and RMSprop with bias correction.

    Source: Kingma & Ba 2015. The slots hold m/(1−β₁) and v/(1−β₂), which saves two passes.
    """

    slots: ClassVar[tuple[str, ...]] = ("moments", "squares")
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def scale(self, t: int) -> float:
        """√(v̂/V): from the slot to the corrected root mean square."""
        return math.sqrt((1 - self.beta2) / (1 - self.beta2**t))

    def factor(self, rate: float, t: int) -> float:
        """What M/√V is multiplied by: the rate and both corrections."""
        return rate * (1 - self.beta1) / ((1 - self.beta1**t) * self.scale(t))

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], rate: float, t: int
    ) -> None:
        """Move theta; leaves the denominator in g."""
        M, V = slots
        scale = self.scale(t)
        M *= self.beta1
        M += g
        V *= self.beta2
        g *= g
        V += g
        np.sqrt(V, out=g)
        g += self.epsilon / scale
        np.divide(M, g, out=scratch)
        scratch *= self.factor(rate, t)
        theta -= scratch

    def reach(self, g: Floats, rate: float, t: int) -> Floats:
        """The rate over the corrected root mean square."""
        return np.divide(rate / self.scale(t), g, out=g)


OPTIMIZERS: dict[str, Optimizer] = {
    "gd": GradientDescent(),
    "momentum": Momentum(),
    "rmsprop": RMSprop(),
    "adam": Adam(),
}
"""The first-order optimisers by the name a config calls them."""
