"""What a gradient check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Document, Value

GradientVerdict = Literal["great", "look closer", "worry"]
Point = Literal["initialization", "after training"]


@dataclass(frozen=True, slots=True)
class Block(Value):
    """The check of one named slice of theta, as `dW1`; the difference is relative."""

    name: str
    difference: float


@dataclass(frozen=True, slots=True)
class Entry(Value):
    """One entry of theta whose derivative disagrees most: its block, index in the block, both values."""

    block: str
    index: tuple[int, ...]
    approx: float
    grad: float


@dataclass(frozen=True, slots=True)
class GradientCheck(Value):
    """The check at one point theta; one of the `checks` of `gradcheck --json`.

    Attributes:
        at: Where theta came from.
        epoch: Epochs of training before it.
        difference: ‖approx − grad‖₂ / (‖approx‖₂ + ‖grad‖₂).
        verdict: Up to 1e-7 great, up to 1e-5 look closer, above worry.
        blocks: The same ratio for every block, in the order of theta.
        notes: What was recognised: kinks crossed, the rounding floor, dropout switched off.
        passed: Whether this point is no reason to worry.
        worst: The entries that disagree most, worst first.
    """

    at: Point
    epoch: int
    difference: float
    verdict: GradientVerdict
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    passed: bool
    worst: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class GradientReport(Document):
    """What `gradcheck --json` prints."""

    passed: bool
    epsilon: float
    parameters: int
    method: str
    examples: int
    checks: tuple[GradientCheck, ...]
