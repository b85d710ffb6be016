"""Settings as a few figures, in which runs of different sizes can be compared."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.steps import TYPICAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.results import Settings

NO_PENALTY = -7.0  # log10 of a λ/m that does nothing
FOR_EVER = 3.0  # log10 of a patience that never ends
DEAD_START = -4.0  # log10 of a first signal that is none
NAMED = {"he": math.sqrt(2), "lecun": 1.0, "xavier": 1.0}  # standard deviation times √n, about


@lru_cache(maxsize=256)  # every change is compared with the same run, and some end in the same settings
def setup_signals(settings: Settings, m: int) -> Mapping[str, float]:
    """Return what the settings say: logarithms to the base 10, and 0 or 1 for words."""
    layers, optimizer = settings.layers, settings.optimizer
    steps_each = math.ceil(m / max(1, min(settings.batch_size or m, m)))
    rate = math.log10(settings.learning_rate / TYPICAL[optimizer]) if optimizer in TYPICAL else 0.0
    steps = math.log10(1 + settings.epochs * steps_each)
    sizes = (settings.inputs, *layers, settings.outputs)
    parameters = sum((before + 1) * after for before, after in pairwise(sizes))
    first, worst = _initial(settings)
    return {
        "adaptive": float(optimizer in {"adam", "rmsprop"}),
        "momentum": float(optimizer == "momentum"),
        "lbfgs": float(optimizer == "lbfgs"),
        "rate": rate,
        "steps": steps,
        "reach": rate + steps,
        "epochs": math.log10(1 + settings.epochs),
        "patience": FOR_EVER if settings.patience is None else math.log10(settings.patience),
        "batch": math.log10(m / steps_each),
        "depth": float(len(layers)),
        "narrowest": math.log10(min(layers, default=settings.inputs)),
        "widest": math.log10(max(layers, default=settings.inputs)),
        "parameters": math.log10(parameters),
        "parameters_each": math.log10(parameters / m),
        "rectified": float(settings.activation in {"relu", "leaky_relu"}),
        "sigmoid": float(settings.activation == "sigmoid"),
        "linear": float(settings.activation == "identity" or not layers),
        "keep_prob": min(settings.keep_prob, default=1.0),
        "kept_units": math.log10(
            min((k * n for k, n in zip(settings.keep_prob, layers, strict=True)), default=9)
        ),
        "penalty": max(NO_PENALTY, math.log10(settings.lambd / m)) if settings.lambd > 0 else NO_PENALTY,
        "l1_ratio": settings.l1_ratio if settings.lambd > 0 else 0.0,
        "initial_signal": first,
        "initial_fault": worst,
        "normalize": float(settings.normalize),
    }


def _initial(settings: Settings) -> tuple[float, float]:
    """Return how the initial weights scale a signal: through all layers, and at worst in one."""
    sizes = (settings.inputs, *settings.layers, settings.outputs)
    usual = math.sqrt(2) if settings.activation in {"relu", "leaky_relu"} else 1.0
    logs = []
    for before in sizes[:-1]:
        if settings.init in {"zeros", 0}:
            scale = 0.0
        elif isinstance(settings.init, str):
            scale = NAMED[settings.init] / usual
        else:
            scale = settings.init * math.sqrt(before) / usual
        logs.append(max(DEAD_START, math.log10(scale)) if scale > 0 else DEAD_START)
    return sum(logs), max(map(abs, logs))
