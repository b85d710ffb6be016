"""A patch as the command line that tries it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def command_line(stem: str, patch: Mapping[str, object]) -> str:
    """Return `stem` with one `-S key=value` for each entry of `patch`, quoted for a POSIX shell.

    Values are written in YAML's flow style, which for everything but words is JSON.
    """
    settings = [f"-S {shlex.quote(f'{key}={_flow(value)}')}" for key, value in patch.items()]
    return " ".join([stem, *settings])


def _flow(value: object) -> str:
    """Return `value` as YAML; the words of the configuration need no quotes."""
    return value if isinstance(value, str) else json.dumps(value)
