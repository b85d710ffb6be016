"""What a training step asks of the elementwise passes between its matrix products.

A kernel gets its buffers once and returns calls without arguments, which a step then makes in order: nothing
is allocated, looked up or decided in the hot loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats

Call = Callable[[], object]
Step = Callable[[float, int], None]
"""(learning rate, number of the step from 1) -> theta moved; the gradient is used up."""


class Kernels(Protocol):
    """One way to make the passes."""

    name: str

    def hidden(self, activation: str, Z: Floats, b: Floats) -> list[Call]:
        """Z := g(Z + b)."""

    def drop(self, A: Floats, mask: Floats, dropped: Floats) -> list[Call]:
        """Dropped := A·mask."""

    def delta(self, loss: str, Z: Floats, b: Floats, Y: Floats, d: Floats) -> list[Call]:
        """The derivative d (n_L × examples) := (Ŷ − Y)/examples, Ŷ being the output of Z + b."""

    def slope(self, activation: str, d: Floats, A: Floats, mask: Floats | None) -> list[Call]:
        """The derivative d := d·mask·g′, where A = g(Z)."""

    def update(
        self, network: Network, m: int, optimizer: str, theta: Floats, g: Floats, slots: Mapping[str, Floats]
    ) -> Step:
        """The optimiser's step on theta, given the gradient of the mean loss in g, with the penalty in it."""
