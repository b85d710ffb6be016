"""Check the gradient of anybody's objective, of which only J and dJ/dtheta are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck.arguments import REPEATABLE, check_epsilon, flat_theta, refuse_infinite
from dlrecipe.gradcheck.naive import two_sided
from dlrecipe.gradcheck.objective import ForeignObjective
from dlrecipe.gradcheck.regions import counts, named_regions
from dlrecipe.gradcheck.verdict import LOOK_CLOSER, SLACK, Comparison, judge, naive_floor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import ArrayLike, NDArray

    from dlrecipe.gradcheck.naive import TwoSided
    from dlrecipe.gradcheck.objective import Objective
    from dlrecipe.gradcheck.regions import Region
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import GradientCheck
    from dlrecipe.results.gradient import Point


def check_gradient(
    objective: Objective,
    theta: ArrayLike,
    blocks: Mapping[str, slice] | None = None,
    epsilon: float = 1e-7,
    *,
    at: Point = "initialization",
    epoch: int = 0,
) -> GradientCheck:
    """Compare the gradient of any objective with two-sided differences of its J, entry by entry.

    Corners (relu, |w|) are recognised by one-sided differences that disagree far beyond rounding. An entry is
    left out of the comparison only where its gradient equals one of the two, as at the edge of a smooth
    piece; any other disagreement counts as an error.

    Args:
        objective: theta -> (J, dJ/dtheta), theta being a flat vector (n,) in float64. Freeze dropout masks.
        theta: The point (n,); whole numbers are taken as floats.
        blocks: Names of slices of theta, each reported by itself; what they leave out is one more block,
            `(rest)`. None is one block `dtheta`.
        epsilon: ε of the differences, in units of theta.
        at: How the result calls this point.
        epoch: Epochs of training before it.

    Returns:
        The check. Each entry of `worst` has a flat index in its block.

    Raises:
        UsageError: A shape does not fit, J or the gradient is not finite, the objective changes theta or
            gives another J for the same theta, blocks overlap or reach beyond theta, or ε is not above zero.

    Source: Andrew Ng, Improving Deep Neural Networks, week 1: gradient checking.
    """
    point = flat_theta(theta)
    check_epsilon(epsilon, point)
    regions = named_regions(blocks, point.size)
    evaluate = ForeignObjective(objective)
    J, grad, coarse = evaluate(point)
    every = np.arange(point.size)
    refuse_infinite("J is {value} at theta itself.", np.array([J]), regions, every)
    refuse_infinite("The gradient is {value} in {place}.", grad, regions, every)
    refuse_chance(J, evaluate.cost(point))
    sides = two_sided(evaluate.cost, point, epsilon, every)
    refuse_infinite("J is {value} where {place} is moved by +epsilon.", sides.plus, regions, every)
    refuse_infinite("J is {value} where {place} is moved by −epsilon.", sides.minus, regions, every)
    excused, doubtful = corners(sides, J, grad, epsilon)
    notes = [*corner_notes(excused, doubtful, regions), *precision_note(coarse=coarse)]
    floor = naive_floor(J, epsilon)
    comparison = Comparison(sides.approx, grad, ~excused, regions, floor, SLACK * floor, epsilon)
    return judge(comparison, at, epoch, notes, ())


def refuse_chance(J: float, again: float) -> None:
    """Refuse an objective that gives two costs for one theta.

    Raises:
        UsageError: The two costs differ.
    """
    if not abs(J - again) <= REPEATABLE * max(1.0, abs(J)):
        raise UsageError(
            f"The objective must give the same J for the same theta. Got {J!r}, then {again!r}: draw dropout "
            "masks and mini-batches once, before the check."
        )


def corners(
    sides: TwoSided, J: float, grad: Floats, epsilon: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find the entries where J has a corner within ε.

    At a smooth point the two one-sided differences agree up to ε·J″, and the gradient lies half-way between
    them. Where they differ by more than a hundred times their rounding and the gradient equals one of them,
    to a ten-thousandth of that, it is the derivative on one side of a corner: no wrong gradient of a smooth J
    does so but by chance.

    Returns:
        The entries to leave out, and those that disagree although a corner (or a large ε) is no excuse.
    """
    right, left = 2 * (sides.plus - J) / sides.width, 2 * (J - sides.minus) / sides.width
    jump, rounding = np.abs(right - left), 4 * naive_floor(J, epsilon)
    bent = jump > 25 * rounding
    nearest = np.minimum(np.abs(grad - right), np.abs(grad - left))
    excused = bent & (nearest <= 1e-4 * jump + rounding)
    wrong = np.abs(sides.approx - grad) > LOOK_CLOSER * np.abs(grad) + rounding
    steep = jump > 1e-2 * np.maximum(np.abs(right), np.abs(left))
    return excused, bent & steep & wrong & ~excused


def corner_notes(
    excused: NDArray[np.bool_], doubtful: NDArray[np.bool_], regions: list[Region]
) -> Iterator[str]:
    """Say what was left out and what was not."""
    if excused.any():
        yield (
            f"Left out: {counts(regions, excused)}. J has a corner within epsilon there, as relu has at 0, "
            "so that the two-sided difference means nothing; the gradient equals the difference on one side."
        )
    if doubtful.any():
        yield (
            f"In {counts(regions, doubtful)} the differences on the two sides of theta are far apart, and "
            "the gradient is neither: J has a corner there, or epsilon is too large."
        )


def precision_note(*, coarse: bool) -> Iterator[str]:
    """Say that float32 is too coarse."""
    if coarse:
        yield (
            "The objective answers in less than float64, and rounds more than the check measures: compute it "
            "in float64."
        )
