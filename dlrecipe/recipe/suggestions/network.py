"""Patches of the network that stay consistent with the rest of its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.texts import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results import Settings

NARROW = 16  # a hidden layer below this is widened to it
FIRST_LAYER = 64  # units of the first hidden layer a linear model gets


def layers_patch(settings: Settings, layers: Sequence[int]) -> dict[str, object]:
    """Return the patch to hidden layers of these sizes.

    A keep_prob for each layer fits one depth only, so a new depth takes one number along: the highest.
    """
    patch: dict[str, object] = {"network.layers": list(layers)}
    if len(layers) != len(settings.layers):
        patch["network.keep_prob"] = max(settings.keep_prob, default=1.0)
    return patch


def bigger(settings: Settings) -> dict[str, object]:
    """Return the patch to layers twice as wide and at least 16 units, or to a first hidden layer."""
    return layers_patch(settings, [max(NARROW, 2 * units) for units in settings.layers] or [FIRST_LAYER])


def deeper(settings: Settings) -> dict[str, object]:
    """Return the patch to one more hidden layer, none of them narrow; a linear model gets two."""
    layers = [max(NARROW, units) for units in settings.layers] or [FIRST_LAYER]
    return layers_patch(settings, [*layers, layers[-1]])


def words(layers: Sequence[int]) -> str:
    """Return hidden layers as words: `hidden layers of 7, 3 and 2 units`, `no hidden layer`."""
    if not layers:
        return "no hidden layer"
    if len(layers) == 1:
        return f"one hidden layer of {count(layers[0], 'unit')}"
    return f"hidden layers of {', '.join(map(str, layers[:-1]))} and {layers[-1]} units"


def share_words(keep_prob: Sequence[float]) -> str:
    """Return the keep_prob of the layers as the config would have it: one number where they are equal."""
    return str(keep_prob[0]) if len(set(keep_prob)) == 1 else str(list(keep_prob))


def keep_prob_patch(keep_prob: Sequence[float]) -> dict[str, object]:
    """Return the patch to these keep_prob, as one number where they are equal."""
    return {"network.keep_prob": keep_prob[0] if len(set(keep_prob)) == 1 else list(keep_prob)}


def default_init(activation: str) -> str:
    """Return the initialisation that keeps the signal's size with this activation."""
    from dlrecipe.nn.activations import ACTIVATIONS  # noqa: PLC0415  # figures from elsewhere need no NumPy

    return ACTIVATIONS[activation].init
