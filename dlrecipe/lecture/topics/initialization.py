"""Where weights start: zeros keep units alike, and the wrong size explodes or vanishes through 50 layers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import trained
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, initialize
from dlrecipe.results import Line, Plot
from dlrecipe.training import stream

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained
    from dlrecipe.results import Figure

TRIALS = 8
DEPTH, WIDTH, EXAMPLES = 50, 100, 100
STARTS: dict[str, tuple[str, str | float]] = {
    "relu_he": ("relu", "he"),
    "relu_too_large": ("relu", 1.5 * math.sqrt(2 / WIDTH)),
    "relu_too_small": ("relu", 0.7 * math.sqrt(2 / WIDTH)),
    "identity_lecun": ("identity", "lecun"),
    "tanh_xavier": ("tanh", "xavier"),
    "tanh_too_small": ("tanh", 0.7 * math.sqrt(1 / WIDTH)),
}
"""Activation and first weights of each deep network; too large and too small are half more and 30 % less."""


def measure(seed: int, watch: Watch) -> Measurement:
    """Train from zeros and from random weights, and send examples through 50 layers at the start."""
    unlike: dict[str, list[float]] = {"zeros": [], "he": []}
    errors: dict[str, list[float]] = {"zeros": [], "he": []}
    profiles: dict[str, list[list[float]]] = {name: [] for name in STARTS}
    slopes: dict[str, list[float]] = {name: [] for name in STARTS}
    for trial in watch(trials(seed, TRIALS)):
        for rule, differences in unlike.items():
            model = trained("breast-cancer", network__init=rule, seed=trial)
            differences.append(_unlike(model))
            errors[rule].append(model.train.error)
        for name, (activation, init) in STARTS.items():
            profile, slope = _through_the_layers(activation, init, trial)
            profiles[name].append(profile)
            slopes[name].append(slope)
    return _summary(unlike, errors, profiles, slopes)


def _unlike(model: Trained) -> float:
    """How much the hidden units' incoming weights differ from their mean, relative to their size."""
    W = model.network.layout.layers(model.theta)[0][0]
    size = float(np.abs(W).mean())
    return float(np.abs(W - W.mean(axis=0)).mean()) / size if size else 0.0


def _through_the_layers(activation: str, init: str | float, seed: int) -> tuple[list[float], float]:
    """Decades that the mean square of the activations has moved by each layer, and the decades of dJ/dW1."""
    network = Network((WIDTH,) * (DEPTH + 1) + (1,), ACTIVATIONS[activation], LOSSES["squared"])
    theta = initialize(network.layout, init, stream(seed, "initialization"))
    X = np.random.default_rng((seed, 7)).standard_normal((EXAMPLES, WIDTH))
    passed, _ = network.forward(theta, X)
    squares = np.array([float((A * A).mean()) for A, _ in passed])
    dW1, _ = network.layout.layers(network.objective(theta, X, X[:, :1])[1])[0]
    return np.log10(squares / squares[0]).tolist(), math.log10(float(np.linalg.norm(dW1)))


def _summary(
    unlike: dict[str, list[float]],
    errors: dict[str, list[float]],
    profiles: dict[str, list[list[float]]],
    slopes: dict[str, list[float]],
) -> Measurement:
    last = {name: [profile[-1] for profile in found] for name, found in profiles.items()}
    kept = (("relu_he", 2.0), ("identity_lecun", 1.5), ("tanh_xavier", 3.0))
    figures: tuple[Figure, ...] = (
        mean_of(
            "unlike_from_zeros", "zeros: difference of the units after training", unlike["zeros"], below=1e-6
        ),
        mean_of(
            "unlike_from_random", "random: difference of the units after training", unlike["he"], above=0.2
        ),
        mean_of("error_from_zeros", "zeros: train error", errors["zeros"], above=0.2, percent=True),
        mean_of("error_from_random", "random: train error", errors["he"], below=0.05, percent=True),
        *(
            mean_of(
                f"decades_{name}",
                f"{_spoken(name)}: decades of a² over 50 layers",
                last[name],
                above=-most,
                below=most,
            )
            for name, most in kept
        ),
        mean_of("decades_relu_too_large", "relu too large: the same", last["relu_too_large"], above=10),
        *(
            mean_of(f"decades_{name}", f"{_spoken(name)}: the same", last[name], below=-10)
            for name in ("relu_too_small", "tanh_too_small")
        ),
        mean_of("gradient_relu_he", "relu he: decades of dW of the first layer", slopes["relu_he"], above=-3),
        mean_of("gradient_relu_too_small", "relu too small: the same", slopes["relu_too_small"], below=-6),
    )
    shown = {"2/n": "relu_he", "half more": "relu_too_large", "30 % less": "relu_too_small"}
    curves = tuple(
        Line(label, tuple(np.mean(profiles[name], axis=0).tolist())) for label, name in shown.items()
    )
    plot = Plot("relu: decades that a² has moved", "layer", tuple(range(DEPTH + 1)), curves)
    return Measurement(figures, (plot,))


def _spoken(name: str) -> str:
    return name.replace("_", " ")


TOPIC = Topic(
    name="initialization",
    claim=(
        "From zeros all units of a layer stay alike; and through 50 layers weights a little too large "
        "or too small make signals explode or vanish, while 2/n for relu, 1/n and Xavier's variance "
        "keep them."
    ),
    lecture=(
        "If W starts at zero, all units of a layer compute the same and get the same gradient: they "
        "stay copies of each other, and the layer is as good as one unit. Random numbers break the "
        "symmetry; b may start at zero.\n\n"
        "How large should they be? z is a sum of n terms, so its variance is n times that of w·a. With "
        "Var(w) = 1/n a layer passes on what it gets; relu throws half of it away, hence 2/n; Xavier's "
        "2/(n_in + n_out) keeps the way back in view too. A factor of 1.5 per layer seems harmless, but "
        "1.5 to the power of 50 is six hundred million, and gradients fare no better on their way down."
    ),
    experiment=(
        "A network of 16 units is trained on breast cancer from zeros and from random weights, eight "
        "times. Then random examples go through 50 freshly initialised layers of 100 units; a² is the "
        "mean square of a layer's activations, counted in decades: 1 is a factor of ten. Too large is "
        "half more than 2/n's standard deviation, too small 30 % less. tanh loses a little in each "
        "layer even at its best, because it bends."
    ),
    yours="Set `network.init` to a rule or to a standard deviation, and look at the first epochs:",
    commands=(
        "dlrecipe train breast-cancer.yaml -S network.init=zeros",
        "dlrecipe train breast-cancer.yaml -S network.init=xavier",
    ),
    measure=measure,
    files=("breast-cancer.yaml",),
)
