"""Two configs beside each other: the keys in which they differ."""

from __future__ import annotations

from dlrecipe.config.model import Config


def by_key(config: Config) -> dict[str, object]:
    """Return every setting of a training by its dotted key, as `training.lambda`, in the file's order."""
    found: dict[str, object] = {}
    for name, value in config.model_dump(mode="json", by_alias=True, exclude={"sweep"}).items():
        section = (
            {f"{name}.{key}": setting for key, setting in value.items()} if isinstance(value, dict) else {}
        )
        found |= section or {name: value}
    return found


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
