"""Learning-rate schedules: the factor on the configured rate in each epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def constant(_epoch: int, _epochs: int) -> float:
    """1."""
    return 1.0


def step(epoch: int, _epochs: int, *, every: int, factor: float) -> float:
    """`factor` to the power of how often `every` epochs have passed."""
    return float(factor ** (epoch // every))


def cosine(epoch: int, epochs: int, *, floor: float) -> float:
    """Half a cosine from 1 towards `floor` over all epochs (Loshchilov & Hutter 2017)."""
    return floor + (1 - floor) * (1 + math.cos(math.pi * epoch / max(epochs, 1))) / 2


def inverse(epoch: int, _epochs: int, *, decay: float) -> float:
    """1 / (1 + decay · epoch), the lecture's learning-rate decay."""
    return 1 / (1 + decay * epoch)


SCHEDULES: dict[str, Callable[..., float]] = {f.__name__: f for f in (constant, step, cosine, inverse)}
"""The schedules by the name a config calls them; each takes (epoch from 0, epochs, **settings)."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule and its settings."""

    kind: str = "constant"
    settings: Mapping[str, float] = field(default_factory=dict)

    def factor(self, epoch: int, epochs: int) -> float:
        """What the configured learning rate is multiplied by in this epoch, counted from 0."""
        return SCHEDULES[self.kind](epoch, epochs, **self.settings)
