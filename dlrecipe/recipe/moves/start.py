"""Moves of what a network starts from: its inputs, its activation, its first weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.move import Move
from dlrecipe.recipe.suggestions.network import default_init

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.evidence import Evidence


def starts(run: Evidence) -> Iterator[Move]:
    """Normalised inputs, relu with the initialisation that is made for it, the activation's own one."""
    settings = run.settings
    if not settings.normalize:
        yield Move("inputs", "normalize_inputs", "Normalise the inputs", {"data.normalize": True})
    if not settings.layers:
        return
    if settings.activation not in {"relu", "leaky_relu"}:
        patch = {"network.activation": "relu", "network.init": "he"}
        yield Move("activation", "other_architecture", "Use relu in the hidden layers", patch)
    if settings.activation in {"relu", "leaky_relu", "identity"}:
        patch = {"network.activation": "tanh", "network.init": "xavier"}
        yield Move("activation", "other_architecture", "Use tanh in the hidden layers", patch)
    usual = default_init(settings.activation)
    if settings.init != usual:
        patch = {"network.init": usual}
        yield Move("activation", "other_architecture", f"Initialise with {usual}", patch)
