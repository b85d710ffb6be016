"""Moves of the network's size: wider, deeper, smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.move import Move
from dlrecipe.recipe.suggestions.network import FIRST_LAYER, layers_patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.evidence import Evidence

NARROW = 8  # a layer that is widened gets at least this many units
SPARE = 4  # units a layer must have to be halved
WIDEST = 1024
DEEPEST = 5


def sizes(run: Evidence) -> Iterator[Move]:
    """Layers twice and four times as wide or half as wide, one layer more or less."""
    settings, layers = run.settings, run.settings.layers
    if not layers:
        one, two = [FIRST_LAYER], [FIRST_LAYER, FIRST_LAYER // 2]
        yield Move("size", "bigger_network", "Add a hidden layer", layers_patch(settings, one))
        yield Move("size", "other_architecture", "Add two hidden layers", layers_patch(settings, two))
        return
    for factor in (2, 4):
        wider = [max(NARROW * factor // 2, factor * units) for units in layers]
        if max(wider) <= WIDEST:
            title = f"Make the hidden layers {factor} times as wide"
            yield Move("size", "bigger_network", title, layers_patch(settings, wider))
    if len(layers) < DEEPEST:
        deeper = [*layers, max(NARROW, layers[-1])]
        yield Move("size", "other_architecture", "Add a hidden layer", layers_patch(settings, deeper))
    if max(layers) >= SPARE:
        halved = [max(1, units // 2) for units in layers]
        yield Move("size", "smaller_network", "Halve the hidden layers", layers_patch(settings, halved))
    if len(layers) > 1:
        fewer = layers_patch(settings, layers[:-1])
        yield Move("size", "other_architecture", "Leave a hidden layer out", fewer)
