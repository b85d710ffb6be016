"""Inverted dropout: the division by keep_prob, each layer's own keep_prob, and J that is no function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck import check_gradient, check_network
from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import in_float64, part, prepared
from dlrecipe.nn import draw_masks, initialize
from dlrecipe.results import Figure, Line, Plot
from dlrecipe.training import stream

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training import Examples

TRIALS = 6
DRAWS = 4_000
"""Masks over which E[z] is taken."""
KEEP_PROBS = (0.5, 0.7, 0.8, 0.9)
FEW = 40
"""Examples that E[z] and the checks are taken over."""


def measure(seed: int, watch: Watch) -> Measurement:
    """Draw many masks for freshly initialised 7-3-2-1 networks."""
    found: dict[str, list[float]] = {}
    refused = []
    for trial in watch(trials(seed, TRIALS)):
        what = prepared("seven-three-two-one", seed=trial)
        network = what.problem.network
        theta = initialize(network.layout, "xavier", stream(trial, "initialization"))
        some = in_float64(part(what, "train").rows(np.arange(FEW)))
        rng = stream(trial, "dropout")
        for keep_prob in KEEP_PROBS:
            divided, undivided = _scale(network, theta, some, keep_prob, rng)
            found.setdefault(f"divided {keep_prob}", []).append(divided)
            found.setdefault(f"undivided {keep_prob}", []).append(undivided)
        kept = _kept(network, what.config.network.keep_probs, rng)
        for layer, share in enumerate(kept, 1):
            found.setdefault(f"layer {layer}", []).append(share)
        masks = draw_masks(network.hidden, what.config.network.keep_probs, FEW, rng)
        found.setdefault("frozen", []).append(
            check_network(network, theta, some.X, some.Y, masks=masks).difference
        )
        refused.append(_is_refused(network, theta, some, what.config.network.keep_probs, rng))
    return _summary(found, refused)


def _scale(
    network: Network, theta: Floats, some: Examples, keep_prob: float, rng: np.random.Generator
) -> tuple[float, float]:
    """The mean of the second layer's W·a over masks of the first, by W·a without: divided, and undivided."""
    a = network.forward(theta, some.X)[0][1][0]
    W = network.layout.layers(theta)[1][0]
    mask = draw_masks(network.hidden[:1], (keep_prob,), DRAWS * FEW, rng)[0]
    drawn = np.ones((DRAWS, *a.shape)) if mask is None else mask.reshape(DRAWS, *a.shape)
    plain = a @ W.T
    divided, undivided = (
        float((plain * ((a * factor).mean(axis=0) @ W.T)).sum() / (plain * plain).sum())
        for factor in (drawn, drawn > 0)
    )
    return divided, undivided


def _kept(network: Network, keep_probs: tuple[float, ...], rng: np.random.Generator) -> list[float]:
    """The share of each hidden layer's units that masks keep."""
    masks = draw_masks(network.hidden, keep_probs, DRAWS, rng)
    return [1.0 if mask is None else float((mask > 0).mean()) for mask in masks]


def _is_refused(
    network: Network, theta: Floats, some: Examples, keep_probs: tuple[float, ...], rng: np.random.Generator
) -> bool:
    """Whether the check of J with fresh masks at every call is refused."""

    def fresh(point: Floats) -> tuple[float, Floats]:
        return network.objective(point, some.X, some.Y, draw_masks(network.hidden, keep_probs, FEW, rng))

    try:
        check_gradient(fresh, theta)
    except UsageError:
        return True
    return False


def _summary(found: dict[str, list[float]], refused: list[bool]) -> Measurement:
    kept = (("1", 0.999, 1.001), ("2", 0.47, 0.53), ("3", 0.67, 0.73))
    figures = (
        mean_of(
            "mean_z_ratio",
            "divided: mean z by z without dropout",
            found["divided 0.5"],
            above=0.98,
            below=1.02,
        ),
        mean_of(
            "mean_z_ratio_undivided",
            "not divided: the same, at keep_prob 0.5",
            found["undivided 0.5"],
            above=0.49,
            below=0.51,
        ),
        *(
            mean_of(
                f"kept_in_layer_{l}",
                f"7-3-2-1, layer {l}: units kept",
                found[f"layer {l}"],
                above=low,
                below=high,
                percent=True,
            )
            for l, low, high in kept
        ),
        Figure(
            "fresh_masks_refused",
            "checks with fresh masks that are refused",
            float(np.mean(refused)),
            above=0.99,
            percent=True,
        ),
        Figure(
            "frozen_masks_difference",
            "check with frozen masks, the largest",
            max(found["frozen"]),
            below=1e-7,
        ),
    )
    curves = tuple(
        Line(name, tuple(float(np.mean(found[f"{name} {keep_prob}"])) for keep_prob in KEEP_PROBS))
        for name in ("divided", "undivided")
    )
    return Measurement(figures, (Plot("mean z, by z without dropout", "keep_prob", KEEP_PROBS, curves),))


TOPIC = Topic(
    name="inverted-dropout",
    claim=(
        "Dividing by keep_prob keeps the mean of the next z where it is without dropout, and without "
        "the division it is off by the factor keep_prob; every layer has a keep_prob of its own, and J "
        "with fresh masks is no function that a gradient check could use."
    ),
    lecture=(
        "Inverted dropout: in every step each unit of a layer is kept with probability keep_prob, and "
        "a, where it is kept, is divided by keep_prob. If 20 % of the units are shut off, z = W·a + b "
        "would be 20 % smaller on average; the division makes up for it. So nothing needs scaling at "
        "test time, where no unit is dropped.\n\n"
        "Layers with many weights may get a low keep_prob, small ones 1: in the lecture's network of 7, "
        "3 and 2 units that is a vector of three. The price is that J, with another mask in every call, "
        "is not well defined any more. To check that it falls, or to check gradients, set keep_prob to "
        "1, or keep the masks."
    ),
    experiment=(
        "Six freshly initialised 7-3-2-1 networks see 40 patients. Their second layer's z is averaged "
        "over 4,000 masks of the first, and compared with z without dropout; the kept units of each "
        "layer are counted; and the gradient is checked with fresh masks, which `check_gradient` must "
        "refuse, and with frozen ones."
    ),
    yours="Per-layer keep_prob is one line of a config, and the gradient check works with frozen masks:",
    commands=(
        "dlrecipe train seven-three-two-one.yaml",
        "dlrecipe gradcheck seven-three-two-one.yaml --with-dropout",
    ),
    measure=measure,
    files=("seven-three-two-one.yaml",),
)
