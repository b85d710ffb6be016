"""First-order optimisers, each as its formula over flat stretches of theta, in place.

A formula gets theta, the gradient g (which it may use up), a scratch array and its own slots, all of one
shape, and writes no new array. The numbers that a step depends on are worked out apart, in float64, so that
the compiled kernels get the same ones.

`reach` and `threshold` are the proximal step of an L1 penalty: it shrinks theta by the penalty's slope times
how far a step moves theta per unit of a gradient that never changes. Where that differs from entry to entry,
it is computed from what `step` left in g.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.arrays import Floats

    Scalars = Sequence[float]


class Optimizer(Protocol):
    """What the trainer asks of an optimiser."""

    slots: ClassVar[tuple[str, ...]]

    def scalars(self, rate: float, t: int) -> tuple[float, ...]:
        """The numbers of the t-th step (from 1)."""

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], scalars: Scalars
    ) -> None:
        """Move theta by the step with these numbers."""

    def reach(self, rate: float, t: int, l1: float) -> tuple[float, ...]:
        """The numbers of the proximal step after it; l1 is what each |w| costs."""

    def threshold(self, g: Floats, reach: Scalars) -> float | Floats:
        """What theta is shrunk by; called after `step`, g as that left it."""


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """θ := θ − rate·dJ."""

    slots: ClassVar[tuple[str, ...]] = ()

    def scalars(self, rate: float, t: int) -> tuple[float, ...]:
        """The rate."""
        del t
        return (rate,)

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], scalars: Scalars
    ) -> None:
        """Move theta downhill."""
        del slots
        (rate,) = scalars
        theta -= np.multiply(g, rate, out=scratch)

    def reach(self, rate: float, t: int, l1: float) -> tuple[float, ...]:
        """The rate, times l1."""
        del t
        return (rate * l1,)

    def threshold(self, g: Floats, reach: Scalars) -> float | Floats:
        """The same for every entry."""
        del g
        return reach[0]


@dataclass(frozen=True, slots=True)
class Momentum:
    """v := 0.9 v + dJ; θ := θ − rate·v."""

    slots: ClassVar[tuple[str, ...]] = ("velocity",)
    beta: float = 0.9

    def scalars(self, rate: float, t: int) -> tuple[float, ...]:
        """The rate."""
        del t
        return (rate,)

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], scalars: Scalars
    ) -> None:
        """Move theta along the velocity."""
        (v,), (rate,) = slots, scalars
        v *= self.beta
        v += g
        theta -= np.multiply(v, rate, out=scratch)

    def reach(self, rate: float, t: int, l1: float) -> tuple[float, ...]:
        """The rate times the sum of the geometric series, times l1."""
        del t
        return (rate / (1 - self.beta) * l1,)

    def threshold(self, g: Floats, reach: Scalars) -> float | Floats:
        """The same for every entry."""
        del g
        return reach[0]


@dataclass(frozen=True, slots=True)
class RMSprop:
    """s := β s + (1−β) dJ²; θ := θ − rate·dJ/(√s + ε).

    Source: Hinton's lecture 6e. The slot holds s/(1−β), which saves a pass.
    """

    slots: ClassVar[tuple[str, ...]] = ("squares",)
    beta: float = 0.99
    epsilon: float = 1e-8

    def scalars(self, rate: float, t: int) -> tuple[float, ...]:
        """ε and the rate, both over √(1−β)."""
        del t
        scale = math.sqrt(1 - self.beta)
        return self.epsilon / scale, rate / scale

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], scalars: Scalars
    ) -> None:
        """Move theta; leaves the denominator in g."""
        (V,), (epsilon, factor) = slots, scalars
        V *= self.beta
        V += np.multiply(g, g, out=scratch)
        np.sqrt(V, out=scratch)
        scratch += epsilon
        np.divide(g, scratch, out=g)
        g *= factor
        theta -= g
        np.copyto(g, scratch)

    def reach(self, rate: float, t: int, l1: float) -> tuple[float, ...]:
        """The rate over √(1−β), and l1."""
        del t
        return rate / math.sqrt(1 - self.beta), l1

    def threshold(self, g: Floats, reach: Scalars) -> float | Floats:
        """The rate over the root of the mean square, times l1."""
        np.divide(reach[0], g, out=g)
        return np.multiply(g, reach[1], out=g)


@dataclass(frozen=True, slots=True)
class Adam:
    """Momentum and RMSprop with bias correction.

    Source: Kingma & Ba 2015. The slots hold m/(1−β₁) and v/(1−β₂), which saves two passes.
    """

    slots: ClassVar[tuple[str, ...]] = ("moments", "squares")
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def scalars(self, rate: float, t: int) -> tuple[float, ...]:
        """ε as the slot is scaled, and what M/√V is multiplied by: the rate and both corrections."""
        scale = self._scale(t)
        return self.epsilon / scale, rate * (1 - self.beta1) / ((1 - self.beta1**t) * scale)

    def step(
        self, theta: Floats, g: Floats, scratch: Floats, slots: Sequence[Floats], scalars: Scalars
    ) -> None:
        """Move theta; leaves the denominator in g."""
        (M, V), (epsilon, factor) = slots, scalars
        M *= self.beta1
        M += g
        V *= self.beta2
        g *= g
        V += g
        np.sqrt(V, out=g)
        g += epsilon
        np.divide(M, g, out=scratch)
        scratch *= factor
        theta -= scratch

    def reach(self, rate: float, t: int, l1: float) -> tuple[float, ...]:
        """The rate as the slot is scaled, and l1."""
        return rate / self._scale(t), l1

    def threshold(self, g: Floats, reach: Scalars) -> float | Floats:
        """The rate over the corrected root mean square, times l1."""
        np.divide(reach[0], g, out=g)
        return np.multiply(g, reach[1], out=g)

    def _scale(self, t: int) -> float:
        """√(v̂/V): from the slot to the corrected root mean square."""
        return math.sqrt((1 - self.beta2) / (1 - self.beta2**t))


OPTIMIZERS: dict[str, Optimizer] = {
    "adam": Adam(),
    "gd": GradientDescent(),
    "momentum": Momentum(),
    "rmsprop": RMSprop(),
}
"""The first-order optimisers by the name a config calls them; the only list of them."""
