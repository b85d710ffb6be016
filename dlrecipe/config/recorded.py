"""What became another value from one configuration to the next, by dotted key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dlrecipe.config.wording import show

if TYPE_CHECKING:
    from dlrecipe.config.model import Config

ONLY_IF_GIVEN = "data.augment."
"""Keys that a configuration without them does not write."""


def plain_config(config: Config) -> dict[str, object]:
    """Return the full configuration as plain data with the keys of the file; `sweep` only if it has one."""
    return config.model_dump(mode="json", by_alias=True, exclude=None if config.sweep else {"sweep"})


def changes(recorded: Mapping[str, object], config: Config) -> dict[str, str]:
    """Return what has changed since a configuration was recorded, as `0.02 -> 0.3` by dotted key.

    Args:
        recorded: What `plain_config` returned then; keys that it lacks are passed over, but for those that
            are only written where they are given.
        config: The configuration of now.
    """
    before, after = _flat(recorded), _flat(plain_config(config))
    keys = [*before, *(key for key in after if key not in before and key.startswith(ONLY_IF_GIVEN))]
    changed = [key for key in keys if before.get(key) != after.get(key)]
    return {key: f"{show(before.get(key))} -> {show(after.get(key))}" for key in changed}


def _flat(values: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found
