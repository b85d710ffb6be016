"""The configuration: one YAML file in, one frozen `Config` out, or every problem of the file at once.

The names below are imported when they are first used: `parse_fraction` serves commands that read no
configuration, and these should not wait for pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.config.loading import load_config, require_valid
    from dlrecipe.config.model import Config, json_schema
    from dlrecipe.config.overrides import parse_overrides
    from dlrecipe.config.percent import parse_fraction
    from dlrecipe.config.recorded import changes, plain_config
    from dlrecipe.config.yaml_writer import dump_config

__all__ = [
    "Config",
    "changes",
    "dump_config",
    "json_schema",
    "load_config",
    "parse_fraction",
    "parse_overrides",
    "plain_config",
    "require_valid",
]

_HOMES = {
    "Config": "model",
    "changes": "recorded",
    "dump_config": "yaml_writer",
    "json_schema": "model",
    "load_config": "loading",
    "parse_fraction": "percent",
    "parse_overrides": "overrides",
    "plain_config": "recorded",
    "require_valid": "loading",
}

__getattr__ = importer(__name__, _HOMES)
