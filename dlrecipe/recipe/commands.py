"""A patch as the command line that tries it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def command_line(stem: str, patch: Mapping[str, object]) -> str:
    """Return `stem` with one `-S key=value` for each entry of `patch`, quoted for a POSIX shell.

    Settings of the stem that the patch replaces are left out. Values are written in YAML's flow style, which
    for everything but words is JSON.
    """
    words = shlex.split(stem)
    for at in range(len(words) - 2, -1, -1):
        if words[at] == "-S" and words[at + 1].partition("=")[0] in patch:
            del words[at : at + 2]
    for key, value in patch.items():
        words += ["-S", f"{key}={_flow(value)}"]
    return shlex.join(words)


def _flow(value: object) -> str:
    """Return `value` as YAML; the words of the configuration need no quotes."""
    return value if isinstance(value, str) else json.dumps(value)
