"""The gradient check: which epsilon, why two-sided, and what it finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.gradcheck import check_gradient, check_network
from dlrecipe.gradcheck.naive import two_sided
from dlrecipe.lecture.planted_bugs import BUGS
from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, prepared
from dlrecipe.nn import ACTIVATIONS, initialize
from dlrecipe.results import Figure, Line, Plot
from dlrecipe.training import stream

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training import Examples

TRIALS = 5
FEW = 20
"""Examples that J is taken over."""
EPSILONS = tuple(10.0**-power for power in range(12, 1, -1))
USUAL = 1e-7


class Found(NamedTuple):
    """What the checks of one network found.

    Attributes:
        two: The relative difference of two-sided differences, at every epsilon.
        one: The same of one-sided ones.
        bugs: The check's difference for each planted bug.
        blamed: Whether it blamed the right block, where a bug is in one.
        crossed: The difference of plain two-sided differences where a relu's corner is crossed.
        excused: That of the check, which leaves such entries out.
    """

    two: list[float]
    one: list[float]
    bugs: list[float]
    blamed: bool
    crossed: float
    excused: float


def measure(seed: int, watch: Watch) -> Measurement:
    """Check a 7-3-2-1 network with every epsilon, then with bugs planted, then at a corner of relu."""
    return _summary([_check(trial) for trial in watch(trials(seed, TRIALS))])


def _check(seed: int) -> Found:
    what = prepared("seven-three-two-one", seed=seed, training__lambda=1)
    network = what.problem.network
    some = in_float64(part(what, "train").rows(np.arange(FEW)))
    rng = stream(seed, "initialization")
    theta = initialize(network.layout, "xavier", rng)
    theta[network.layout.weights.stop :] = 0.1 * rng.standard_normal(sum(network.sizes[1:]))
    apart = [_apart(network, theta, some, epsilon) for epsilon in EPSILONS]
    blocks = {f"d{name}": place for name, place in network.layout.blocks.items()}
    checks = [check_gradient(bug.objective(network, some), theta, blocks) for bug in BUGS]
    worst = [max(check.blocks, key=lambda block: block.difference).name for check in checks]
    return Found(
        [two for two, _ in apart],
        [one for _, one in apart],
        [check.difference for check in checks],
        all(bug.block in (None, name) for bug, name in zip(BUGS, worst, strict=True)),
        *_at_a_corner(network, some, rng),
    )


def _apart(network: Network, theta: Floats, some: Examples, epsilon: float) -> tuple[float, float]:
    """How far two-sided and one-sided differences are from backprop's gradient, relative."""
    J, gradient = network.objective(theta, some.X, some.Y)
    sides = two_sided(lambda t: network.cost(t, some.X, some.Y), theta, epsilon, range(theta.size))
    return _relative(sides.approx, gradient), _relative(2 * (sides.plus - J) / sides.width, gradient)


def _relative(approx: Floats, gradient: Floats) -> float:
    """The lecture's ratio."""
    return float(np.linalg.norm(approx - gradient) / (np.linalg.norm(approx) + np.linalg.norm(gradient)))


def _at_a_corner(tanh: Network, some: Examples, rng: np.random.Generator) -> tuple[float, float]:
    """Move b so that z of a relu is nearly 0 for one example, and check with and without that in mind."""
    network = replace(tanh, sizes=(tanh.sizes[0], 7, 1), activation=ACTIVATIONS["relu"])
    theta = initialize(network.layout, "he", rng)
    W, b = network.layout.layers(theta)[0]
    b[0] = USUAL / 10 - some.X[0] @ W[0]
    plain, _ = _apart(network, theta, some, USUAL)
    return plain, check_network(network, theta, some.X, some.Y, method="naive").difference


def _summary(found: list[Found]) -> Measurement:
    two, one = np.array([f.two for f in found]), np.array([f.one for f in found])
    at_usual = EPSILONS.index(USUAL)
    orders = (np.log10(two[:, -1] / two[:, -2]).tolist(), np.log10(one[:, -1] / one[:, -2]).tolist())
    figures = (
        Figure(
            "difference_at_1e-7",
            "two-sided, epsilon 1e-7: the largest difference",
            float(two[:, at_usual].max()),
            below=1e-7,
        ),
        Figure(
            "difference_at_1e-2", "two-sided, epsilon 1e-2: the smallest", float(two[:, -1].min()), above=1e-7
        ),
        Figure(
            "difference_at_1e-12",
            "two-sided, epsilon 1e-12: the smallest",
            float(two[:, 0].min()),
            above=1e-7,
        ),
        mean_of(
            "order_two_sided",
            "two-sided: the error falls with epsilon to the power of",
            orders[0],
            above=1.8,
            below=2.2,
        ),
        mean_of("order_one_sided", "one-sided: the same", orders[1], above=0.8, below=1.2),
        Figure(
            "one_sided_at_1e-4",
            "one-sided, epsilon 1e-4: the smallest",
            float(one[:, EPSILONS.index(1e-4)].min()),
            above=1e-7,
        ),
        *(
            Figure(bug.key, f"bug found: {bug.name}, the smallest", min(f.bugs[i] for f in found), above=1e-5)
            for i, bug in enumerate(BUGS)
        ),
        Figure(
            "right_block_blamed",
            "checks that blame the right block",
            float(np.mean([f.blamed for f in found])),
            above=0.99,
            percent=True,
        ),
        Figure(
            "corner_crossed",
            "relu's corner crossed, nothing done: the smallest",
            min(f.crossed for f in found),
            above=1e-5,
        ),
        Figure(
            "corner_excused",
            "… recognised by the check: the largest",
            max(f.excused for f in found),
            below=1e-7,
        ),
    )
    curves = tuple(
        Line(name, tuple(np.log10(values.mean(axis=0)).tolist()))
        for name, values in (("two-sided", two), ("one-sided", one))
    )
    return Measurement(
        figures, (Plot("relative difference, as a power of ten", "epsilon", EPSILONS, curves, log_x=True),)
    )


TOPIC = Topic(
    name="gradient-check",
    claim=(
        "Two-sided differences with an epsilon of 1e-7 agree with a right gradient to better than 1e-7 "
        "and with a wrong one not even to 1e-5: they find a forgotten penalty, a sign or a slope, and "
        "the block it is in."
    ),
    lecture=(
        "Reshape all W and b into one giant theta, and J is a function of it. For each entry, (J(θ+ε) − "
        "J(θ−ε))/2ε should be what backprop says. Two-sided, because its error is of the order of ε², "
        "one-sided only ε. Compare the two vectors by ‖approx − grad‖/(‖approx‖ + ‖grad‖): 1e-7 is "
        "great, 1e-5 wants a closer look, 1e-3 a bug.\n\n"
        "Why 1e-7? A large ε measures the curve beside the slope. A small one subtracts two nearly "
        "equal numbers, of which only the last digits differ. Between them lies a valley. Remember the "
        "penalty, switch dropout off, look at single blocks where it fails, and check again after some "
        "training. One trap is not in the formula: where relu's corner lies between θ−ε and θ+ε, the "
        "difference means nothing, though the gradient may be right."
    ),
    experiment=(
        "Five 7-3-2-1 networks with lambda 1 on 20 patients, in double precision. The ratio is measured "
        "for eleven epsilons, then with five bugs planted in backprop, and then with one unit's z moved "
        "next to relu's corner, where dlrecipe's check leaves out the entries that cross it."
    ),
    yours=(
        "Any config's network is checked before and after some training; your own code is by "
        "`dlrecipe.check_gradient(objective, theta)`:"
    ),
    commands=(
        "dlrecipe gradcheck seven-three-two-one.yaml",
        "dlrecipe gradcheck seven-three-two-one.yaml --method naive --epsilon 1e-3",
    ),
    measure=measure,
    files=("seven-three-two-one.yaml",),
)
