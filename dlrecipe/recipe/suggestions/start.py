"""Against bias: faults that keep a network from learning at all, whatever its size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.suggestions.network import bigger, default_init, words
from dlrecipe.recipe.texts import percent, short
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case


def normalize_inputs(case: Case) -> Suggestion | None:
    """Inputs of different sizes make J a narrow valley, in which every optimiser is slow."""
    if case.settings.normalize:
        return None
    because = (
        "The inputs are used as they come, and the train error is "
        f"{percent(case.diagnosis.figures.train_error)}. Inputs of zero mean and unit variance make J "
        "rounder, so that larger steps are safe and training is quicker."
    )
    return Suggestion("normalize_inputs", "bias", "Normalise the inputs", because, {"data.normalize": True})


def broken_start(case: Case) -> Suggestion | None:
    """Initial weights that are all equal, or of a size far from what the signal needs."""
    settings = case.settings
    fault = _fault(settings.init, settings.inputs)
    if fault is None or not settings.layers:
        return None
    init = default_init(settings.activation)
    because = f"{gap_in_words(case.diagnosis, 'bias')}. The initial weights {fault}."
    patch = {"network.init": init}
    return Suggestion("other_architecture", "bias", f"Initialise with {init}", because, patch)


def linear_layers(case: Case) -> Suggestion | None:
    """Hidden layers without a bend, which together are one linear map."""
    settings = case.settings
    if settings.activation != "identity" or not settings.layers:
        return None
    because = (
        f"{gap_in_words(case.diagnosis, 'bias')}. With the activation identity, {words(settings.layers)} "
        "are together no more than a linear model."
    )
    patch = {"network.activation": "relu"}
    return Suggestion("other_architecture", "bias", "Use relu in the hidden layers", because, patch)


def bottleneck(case: Case) -> Suggestion | None:
    """A hidden layer too narrow to tell the outputs apart."""
    settings = case.settings
    if not settings.layers or 2 * min(settings.layers) >= settings.outputs:
        return None
    because = (
        f"{gap_in_words(case.diagnosis, 'bias')}, and {settings.outputs} outputs have to pass through "
        f"a hidden layer of {min(settings.layers)}."
    )
    return Suggestion("bigger_network", "bias", "Widen the hidden layers", because, bigger(settings))


def _fault(init: str | float, inputs: int) -> str | None:
    """Return what is wrong with an initialisation of a first layer with this many inputs, if anything."""
    if init in {"zeros", 0}:
        return "are zero, so that the units of a layer start equal and stay equal"
    if isinstance(init, str):
        return None
    usual = math.sqrt(2 / inputs)
    if init > 10 * usual:
        return f"have a standard deviation of {short(init)} (usual: {short(usual)}), too large to train from"
    if init < usual / 100:
        return (
            f"have a standard deviation of {short(init)} (usual: {short(usual)}), which lets the signal die"
        )
    return None
