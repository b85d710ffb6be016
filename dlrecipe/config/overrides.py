"""`--set training.lambda=0.3`: single keys that replace those of the file."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from dlrecipe.config.problems import Problem
from dlrecipe.config.wording import dotted, printable, show
from dlrecipe.config.yaml_reader import NotYamlError, read_yaml
from dlrecipe.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPACE = "sweep.space."
"""What stands before a key whose own name is dotted."""


def parse_overrides(settings: Iterable[str]) -> dict[str, object]:
    """Return the overrides that `--set` was given, by dotted key; of a key given twice, the last.

    Args:
        settings: Texts such as `training.lambda=0.3`; what follows the first `=` is YAML.

    Raises:
        ConfigError: A text has no key or no `=`, or its value is not YAML: all such texts at once. Whether
            a key is known and its value allowed is seen by `load_config`.
    """
    overrides: dict[str, object] = {}
    problems: list[str] = []
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals or not key.strip():
            problems.append(f"--set {printable(setting)}: write KEY=VALUE, such as --set training.epochs=10.")
            continue
        try:
            document = read_yaml(text)
        except NotYamlError as error:
            problems.append(f"--set {printable(setting)}: {error.text}")
            continue
        problems += [f"--set {printable(setting)}: {flaw.text}" for flaw in document.flaws]
        overrides[key.strip()] = document.value
    if problems:
        raise ConfigError(*problems)
    return overrides


def as_keys(key: str) -> tuple[str, ...]:
    """Return the dotted key as keys, one for each level; below `sweep.space.` there is one level."""
    if key.startswith(_SPACE):
        return (*_SPACE.split(".")[:2], key.removeprefix(_SPACE))
    return tuple(key.split("."))


def as_setting(key: str, value: object) -> str:
    """Return an override as one writes it on the command line."""
    return f"--set {printable(key)}={printable(value) if isinstance(value, str) else show(value)}"


def apply_overrides(raw: dict[str, Any], overrides: Mapping[str, object]) -> list[Problem]:
    """Put the overrides into the plain data, in their order, and return those that have no place there."""
    problems = []
    for key, value in overrides.items():
        *above, leaf = as_keys(key)
        here = raw
        for depth, name in enumerate(above, start=1):
            if here.get(name) is None:
                here[name] = {}
            if not isinstance(here[name], dict):
                text = f"{dotted(tuple(above[:depth]))} is {show(here[name])}, which has no keys."
                problems.append(Problem(as_keys(key), f"{text} Set it as a whole."))
                break
            here = here[name]
        else:
            here[leaf] = deepcopy(value)  # a later override may change something in it
    return problems
