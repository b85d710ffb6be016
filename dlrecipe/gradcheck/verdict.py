"""From the two gradients to the verdict: the lecture's ratio, overall and for every block."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import Block, Entry, GradientCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from dlrecipe.gradcheck.regions import Region
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results.gradient import GradientVerdict, Point

GREAT, LOOK_CLOSER = 1e-7, 1e-5
"""The lecture's bounds of the ratio."""

ROUNDING = 2.0**-52
"""The relative rounding of J in float64."""

SLACK = 4
"""A block has few entries to average rounding over: it may exceed its floor by this much."""

COARSE = 1e-5
"""Above this ε the error of a two-sided difference, about ε² J‴/6, can be seen beside the bounds."""

WORST = 5
"""How many entries are shown."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two gradients at one point.

    Attributes:
        approx: Two-sided differences.
        grad: The gradient under test.
        counted: Which entries count; the others lie at a corner, where the difference means nothing.
        regions: The blocks.
        floor: What rounding does to a naive difference: 2⁻⁵² max(1, |J|)/ε.
        block_floor: What rounding may do to a difference by which a block is judged.
        epsilon: ε.
    """

    approx: Floats
    grad: Floats
    counted: NDArray[np.bool_]
    regions: list[Region]
    floor: float
    block_floor: float
    epsilon: float

    def gap(self, entries: NDArray[np.intp]) -> tuple[float, float]:
        """‖approx − grad‖/√n, to be held against rounding, and the relative difference.

        Args:
            entries: Of theta; those that do not count are left out.
        """
        kept = entries[self.counted[entries]]
        approx, grad = self.approx[kept], self.grad[kept]
        return length(approx - grad) / math.sqrt(max(1, kept.size)), relative(approx, grad)


def naive_floor(J: float, epsilon: float) -> float:
    """What the rounding of J does to one naive difference: 2⁻⁵² max(1, |J|)/ε."""
    return ROUNDING * max(1.0, abs(J)) / epsilon


def fast_floor(J: float, epsilon: float) -> float:
    """What rounding may do to one fast difference or to the gradient: not more than to a naive one at J = 1.

    The difference itself is never divided by ε, so that a large J, as of a large penalty, hides nothing.
    """
    return ROUNDING * max(1.0 / epsilon, abs(J))


def length(v: Floats) -> float:
    """‖v‖₂, without overflow or underflow of the squares."""
    largest = np.abs(v).max(initial=0.0)
    return float(largest * np.linalg.norm(v / largest)) if largest else 0.0


def relative(approx: Floats, grad: Floats) -> float:
    """‖approx − grad‖₂ / (‖approx‖₂ + ‖grad‖₂); 0 where both are zero."""
    total = length(approx) + length(grad)
    return min(1.0, length(approx - grad) / total) if total else 0.0


def judge(
    comparison: Comparison, at: Point, epoch: int, notes: Iterable[str], errors: Iterable[str]
) -> GradientCheck:
    """Judge one point.

    The verdict is the lecture's, of the overall ratio, but for two cases. Where the whole disagreement is no
    more than the rounding of J, a ratio above 1e-5 is still `look closer`, with a note. Where one block is
    beyond 1e-5 and beyond its rounding, or something else is wrong, it is `worry`, however small the overall
    ratio. `passed` is everything but `worry`.

    Args:
        comparison: The two gradients.
        at: Where theta came from.
        epoch: Epochs of training before it.
        notes: What was recognised on the way.
        errors: What was found wrong on the way; any fails the check.
    """
    gap, difference = comparison.gap(np.arange(len(comparison.grad)))
    blocks: list[Block] = []
    wrong: list[str] = []
    rounded: list[str] = []
    for region in comparison.regions:
        block_gap, ratio = comparison.gap(region.entries)
        blocks.append(Block(region.name, ratio))
        if ratio > LOOK_CLOSER:
            (rounded if block_gap <= comparison.block_floor else wrong).append(region.name)
    faults = [*errors, *located(wrong, comparison.epsilon)]
    verdict = verdict_of(difference)
    if verdict == "worry" and gap <= comparison.floor:
        verdict = "look closer"
        rounded.insert(0, "the whole gradient")
    if faults:
        verdict = "worry"
    return GradientCheck(
        at=at,
        epoch=epoch,
        difference=difference,
        verdict=verdict,
        blocks=tuple(blocks),
        notes=(*faults, *rounding_note(rounded, comparison), *notes),
        passed=verdict != "worry",
        worst=tuple(worst(comparison)),
    )


def verdict_of(difference: float) -> GradientVerdict:
    """The lecture's words for the ratio."""
    if difference <= GREAT:
        return "great"
    return "look closer" if difference <= LOOK_CLOSER else "worry"


def located(wrong: list[str], epsilon: float) -> Iterator[str]:
    """Name the blocks that fail."""
    if wrong:
        yield (
            f"The gradient disagrees with the two-sided difference in {', '.join(wrong)}: look for the error "
            f"where {'it is' if len(wrong) == 1 else 'these are'} computed."
        )
    if wrong and epsilon > COARSE:
        yield (
            f"With epsilon = {epsilon:g} the curvature of J alone may do this: check again with a smaller "
            "one, as 1e-7."
        )


def rounding_note(names: list[str], comparison: Comparison) -> Iterator[str]:
    """Say where the ratio only measures rounding."""
    if names:
        yield (
            f"In {', '.join(names)} the gradient is so small, as near an optimum, that the ratio only "
            f"measures the rounding of J (about {comparison.floor:.0e} in each difference): no error can "
            "be seen there."
        )


def largest(values: Floats) -> NDArray[np.intp]:
    """Positions of the largest few values."""
    return np.argpartition(-values, WORST)[:WORST] if values.size > WORST else np.arange(values.size)


def worst(comparison: Comparison) -> Iterator[Entry]:
    """The entries that disagree most, worst first."""
    gap = np.where(comparison.counted, np.abs(comparison.approx - comparison.grad), 0.0)
    candidates = (
        (float(gap[region.entries[position]]), region, int(position))
        for region in comparison.regions
        for position in largest(gap[region.entries])
    )
    for size, region, position in heapq.nlargest(WORST, candidates, key=lambda found: found[0]):
        if size > 0:
            entry = region.entries[position]
            yield Entry(
                region.name,
                region.index(position),
                float(comparison.approx[entry]),
                float(comparison.grad[entry]),
            )
