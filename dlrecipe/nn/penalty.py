"""The penalty of J on the weights; never on b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True)
class Penalty:
    """(λ/2m)·(ρ·‖W‖₁ + (1−ρ)·‖W‖²_F) over all weights.

    Attributes:
        lambd: λ ≥ 0.
        l1_ratio: ρ: 0 is L2 (ridge, weight decay), 1 is L1 (lasso), between is the elastic net.
    """

    lambd: float = 0.0
    l1_ratio: float = 0.0

    def l1(self, m: int) -> float:
        """λρ/2m: what each |w| costs."""
        return self.lambd * self.l1_ratio / (2 * m)

    def l2(self, m: int) -> float:
        """λ(1−ρ)/m: the gradient's pull on each w, per unit of w."""
        return self.lambd * (1 - self.l1_ratio) / m

    def value(self, weights: Floats, m: int) -> float:
        """The penalty of the flat vector of all weights, for m training examples."""
        square = float(weights @ weights) if self.l2(m) else 0.0
        total = float(np.abs(weights).sum()) if self.l1(m) else 0.0
        return self.l1(m) * total + self.l2(m) / 2 * square

    def gradient(self, weights: Floats, m: int) -> Floats:
        """Its derivative; where w = 0 the L1 part has none and counts as 0."""
        return self.l2(m) * weights + self.l1(m) * np.sign(weights)
