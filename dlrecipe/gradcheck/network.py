"""Check the gradient of one of our own networks: every parameter, naive or fast."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck.arguments import REPEATABLE, check_epsilon, flat_theta, refuse_infinite
from dlrecipe.gradcheck.crosscheck import disagreements
from dlrecipe.gradcheck.fast import Differences, differences
from dlrecipe.gradcheck.naive import two_sided
from dlrecipe.gradcheck.regions import counts, layout_regions
from dlrecipe.gradcheck.verdict import LOOK_CLOSER, SLACK, Comparison, fast_floor, judge, naive_floor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from dlrecipe.gradcheck.regions import Region
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import GradientCheck
    from dlrecipe.results.gradient import Point

Method = Literal["fast", "naive"]


def check_network(  # noqa: PLR0913 - what is checked, then how, then what the result calls it
    network: Network,
    theta: ArrayLike,
    X: ArrayLike,
    Y: ArrayLike,
    *,
    masks: Sequence[Floats | None] | None = None,
    m: int | None = None,
    weights: Floats | None = None,
    epsilon: float = 1e-7,
    method: Method = "fast",
    at: Point = "initialization",
    epoch: int = 0,
    rng: np.random.Generator | None = None,
) -> GradientCheck:
    """Compare `network.objective`'s gradient with two-sided differences of J, for every parameter in float64.

    Args:
        network: The network.
        theta: Parameters, as its layout has them.
        X: Inputs (examples × n_0).
        Y: Targets (examples × n_L).
        masks: Frozen dropout masks, one per hidden layer (examples × n_l), None for none.
        m: Number of training examples, which λ is divided by; the examples given, by default.
        weights: What each example's loss counts (examples,), None for 1 each.
        epsilon: ε, in units of theta.
        method: `naive` computes J twice for every parameter. `fast` propagates differences, a hundred times
            quicker and without the rounding of J, and compares a random hundred of them with naive ones.
        at: Where theta came from.
        epoch: Epochs of training before it.
        rng: Chooses that hundred; a fixed choice by default.

    Returns:
        The check, with a block for each of dW1, …, dWL, db1, …, dbL.

    Raises:
        UsageError: A shape does not fit, J or its gradient is not finite, or ε is not above zero.
    """
    point = flat_theta(theta)
    check_epsilon(epsilon, point)
    X, Y = np.asarray(X, np.float64), np.asarray(Y, np.float64)
    check_shapes(network, point, X, Y, masks, method)
    m = m or len(X)
    regions = layout_regions(network.layout)

    def cost(moved: Floats) -> float:
        return network.cost(moved, X, Y, masks, m, weights)

    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what is not finite is refused
        J, grad = network.objective(point, X, Y, masks, m, weights)
        every = np.arange(point.size)
        refuse_infinite("J is {value} at theta itself.", np.array([J]), regions, every)
        refuse_infinite("The gradient is {value} in {place}.", grad, regions, every)
        found = differences(network, point, X, Y, masks, m, epsilon, weights)
        errors = list(two_costs(J, cost(point)))
        if method == "naive":
            found = by_cost(found, two_sided(cost, point, epsilon, every).approx)
        else:
            errors += disagreements(
                cost, point, found.approx, regions, epsilon, rng or np.random.default_rng(0)
            )
        refuse_infinite("J is not finite where {place} is moved by epsilon.", found.approx, regions, every)
    floor = naive_floor(J, epsilon)
    block_floor = SLACK * (fast_floor(J, epsilon) if method == "fast" else floor)
    excused = corners(found, grad, epsilon, block_floor)
    notes = corner_notes(network, found, excused, regions)
    comparison = Comparison(found.approx, grad, ~excused, regions, floor, block_floor, epsilon)
    return judge(comparison, at, epoch, notes, errors)


def check_shapes(
    network: Network,
    theta: Floats,
    X: Floats,
    Y: Floats,
    masks: Sequence[Floats | None] | None,
    method: str,
) -> None:
    """Check that theta, data and masks belong to the network.

    Raises:
        UsageError: Something does not.
    """
    examples = X.shape[:1]
    expected = [
        ("theta", theta, (network.layout.size,)),
        ("X", X, (*examples, network.sizes[0])),
        ("Y", Y, (*examples, network.sizes[-1])),
    ]
    kind = "-".join(map(str, network.sizes))
    problems = [
        f"{name} must have shape {shape} for a network of {kind}. Got {value.shape}."
        for name, value, shape in expected
        if value.shape != shape
    ]
    if examples == (0,):
        problems.append("X must have at least one example. Got none.")
    wanted = [(*examples, n) for n in network.hidden]
    if masks is not None and (
        len(masks) != len(wanted)
        or any(mask is not None and mask.shape != shape for mask, shape in zip(masks, wanted, strict=True))
    ):
        problems.append(f"masks must be one per hidden layer, None or of shape {wanted}.")
    if method not in ("fast", "naive"):
        problems.append(f"method must be fast or naive. Got {method!r}.")
    if problems:
        raise UsageError(*problems)


def two_costs(J: float, again: float) -> Iterator[str]:
    """Say where `objective` and `cost` give different J."""
    if not abs(J - again) <= REPEATABLE * max(1.0, abs(J)):
        yield f"objective and cost do not give the same J at theta: {J!r} and {again!r}."


def by_cost(found: Differences, approx: Floats) -> Differences:
    """The same with naive differences; what a corner adds to one is still known from the propagation."""
    return replace(found, approx=approx, smooth=approx + (found.smooth - found.approx))


def corners(found: Differences, grad: Floats, epsilon: float, rounding: float) -> NDArray[np.bool_]:
    """Which entries to leave out: at a corner, with the gradient of the smooth piece on which theta lies.

    That piece has a curvature too, which shows at a large ε.
    """
    allowed = max(LOOK_CLOSER, epsilon) * np.maximum(np.abs(found.smooth), np.abs(grad)) + rounding
    return (found.bent | found.pinned) & (np.abs(found.smooth - grad) <= allowed)


def corner_notes(
    network: Network, found: Differences, excused: NDArray[np.bool_], regions: list[Region]
) -> Iterator[str]:
    """Say what was left out, why, and what was not."""
    reasons = (
        (found.bent, f"epsilon carries a unit's input to the corner of {network.activation.name} at 0"),
        (found.pinned & ~found.bent, "a weight is within epsilon of 0, where the L1 penalty has its corner"),
    )
    for chosen, reason in reasons:
        if (chosen & excused).any():
            yield (
                f"Left out: {counts(regions, chosen & excused)}. There {reason}, and a two-sided difference "
                "across a corner means nothing; the gradient equals the difference on theta's own side of it."
            )
        if (chosen & ~excused).any():
            yield (
                f"Not left out: {counts(regions, chosen & ~excused)}. There {reason}, but the gradient is "
                "not that of theta's own side of it, and counts like any other."
            )
