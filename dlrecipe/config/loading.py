"""From a file and overrides to a `Config`, or to one error with every problem of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlrecipe.config.model import Config
from dlrecipe.config.overrides import apply_overrides
from dlrecipe.config.paths import with_absolute_paths
from dlrecipe.config.places import Places
from dlrecipe.config.problems import validate
from dlrecipe.config.space import space_problems
from dlrecipe.config.text_file import read_text
from dlrecipe.config.wording import either, show
from dlrecipe.config.yaml_reader import Document, NotYamlError, read_yaml
from dlrecipe.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike


def load_config(path: str | PathLike[str], overrides: Mapping[str, object] | None = None) -> Config:
    """Return the configuration of a YAML file, complete and checked.

    Args:
        path: The file. Relative paths in it, and in the overrides, are seen from its folder.
        overrides: Values by dotted key that replace those of the file: `{"training.lambda": 0.3}`.

    Returns:
        The frozen configuration: defaults filled in, paths absolute, `name` the file's stem if not given.

    Raises:
        ConfigError: The file cannot be read, is not YAML, or is not a configuration. `messages` has every
            problem: where (`config.yaml:12` or `--set KEY=VALUE`), which key, what is allowed, what was
            found.
    """
    file, overrides = str(path), overrides or {}
    document = _read(file)
    raw = _mapping_of(document, file)
    misplaced = apply_overrides(raw, overrides)
    if raw.get("name") is None:
        raw["name"] = _name_after(Path(file))
    config, problems = validate(raw)
    problems += space_problems(raw)
    messages = Places(file, document, overrides).messages(misplaced + problems)
    if config is None or messages:
        raise ConfigError(*messages)
    return config.model_copy(update={"data": with_absolute_paths(config.data, Path(file).parent)})


def require_valid(paths: Iterable[str | PathLike[str]]) -> None:
    """Go through several configuration files.

    Raises:
        ConfigError: Any of them is wrong; `messages` has every problem of each.
    """
    messages: list[str] = []
    for path in paths:
        try:
            load_config(path)
        except ConfigError as error:
            messages += error.messages
    if messages:
        raise ConfigError(*messages)


def _read(file: str) -> Document:
    try:
        return read_yaml(read_text(file))
    except NotYamlError as error:
        raise ConfigError(f"{file}:{error.line}: {error.text}") from None


def _mapping_of(document: Document, file: str) -> dict[str, Any]:
    """Return the document's keys and values.

    Raises:
        ConfigError: The file is empty, or something else than keys and values.
    """
    if document.value is None and not document.flaws:
        raise ConfigError(f"{file}:1: the file is empty. It needs data.source and network.layers at least.")
    if not isinstance(document.value, dict):
        sections = either(Config.model_fields)
        found = [f"{file}:{flaw.line}: {flaw.text}" for flaw in document.flaws]
        whole = (
            f"{file}:1: the file must be a mapping with keys such as {sections}. Got {show(document.value)}."
        )
        raise ConfigError(*(found or [whole]))
    return document.value


def _name_after(file: Path) -> str:
    """Return the file's stem as a run's name: what a name may not have becomes a dash."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", file.stem).lstrip("-.")[:100] or "run"
