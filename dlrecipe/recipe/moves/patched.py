"""The settings after a patch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlrecipe.results.training import SETTING_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.results import Settings


def patched(settings: Settings, patch: Mapping[str, object]) -> Settings:
    """Return `settings` with the values of `patch`, one keep_prob for each hidden layer."""
    values: dict[str, Any] = {SETTING_KEYS[key]: value for key, value in patch.items()}
    layers = tuple(values.get("layers", settings.layers))
    keep_prob = values.get("keep_prob", settings.keep_prob)
    if isinstance(keep_prob, int | float):
        keep_prob = (float(keep_prob),) * len(layers)
    return replace(settings, **{**values, "layers": layers, "keep_prob": tuple(keep_prob)})
