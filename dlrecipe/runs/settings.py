"""The settings that a result remembers, under the names that a config has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.results.training import SETTING_KEYS

if TYPE_CHECKING:
    from dlrecipe.results import Settings


def by_key(settings: Settings) -> dict[str, object]:
    """Return the settings by their dotted keys, in a config's order; those of augmentation where it is on."""
    found = {key: getattr(settings, field) for key, field in SETTING_KEYS.items()}
    found = {key: value for key, value in found.items() if value or not key.startswith("data.augment.")}
    if len(set(settings.keep_prob)) <= 1:  # one number, as a config says it whatever the layers
        found["network.keep_prob"] = settings.keep_prob[0] if settings.keep_prob else 1.0
    return found
