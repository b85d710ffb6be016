"""How keys and values are written in messages: safe to print, short, and as YAML has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Keys = tuple[str | int, ...]
"""Where a value stands in a document: `("network", "layers", 1)`."""

LONGEST = 60


def dotted(keys: Keys) -> str:
    """Return the key path as a user writes it: `network.layers[1]`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return printable(text.removeprefix("."))


def show(value: object) -> str:
    """Return a value as it is quoted after `Got`: JSON, which YAML shares, shortened where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        # A number of thousands of digits, or an object of Python's own that JSON has no words for.
        text = f"a value of type {type(value).__name__}"
    return printable(text)


def printable(text: str) -> str:
    """Return the text on one line, without characters a terminal would obey, at most `LONGEST` long."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 3]}..."
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def either(choices: Iterable[object]) -> str:
    """Return the choices as a sentence has them: `a, b or c`."""
    *most, last = [str(choice) for choice in choices]
    return f"{', '.join(most)} or {last}" if most else last
