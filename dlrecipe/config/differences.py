"""Two configs beside each other: the keys in which they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.config.model import Config

if TYPE_CHECKING:
    from collections.abc import Mapping


def by_key(config: Config) -> dict[str, object]:
    """Return every setting by its dotted key, as `training.lambda`, in the order of the file."""
    return dict(_leaves(config.model_dump(mode="json", by_alias=True)))


def defaults_beside(config: Config) -> Config:
    """Return the config that says no more than it must: the same name, source, target and layers."""
    return Config.model_validate(
        {
            "name": config.name,
            "data": {"source": config.data.source, "target": config.data.target},
            "network": {"layers": list(config.network.layers)},
        }
    )


def differences(base: Config, config: Config) -> dict[str, tuple[object, object]]:
    """Return the keys whose values differ, with both values; None stands for a key that is not there."""
    before, after = by_key(base), by_key(config)
    keys = [*after, *(key for key in before if key not in after)]
    pairs = {key: (before.get(key), after.get(key)) for key in keys}
    return {key: (one, other) for key, (one, other) in pairs.items() if one != other}


def _leaves(mapping: Mapping[str, object], above: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in mapping.items():
        found += _leaves(value, f"{above}{key}.") if isinstance(value, dict) else [(f"{above}{key}", value)]
    return found
