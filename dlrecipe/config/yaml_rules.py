"""What a plain word means in YAML 1.2 (its core schema): PyYAML by itself follows YAML 1.1.

There `no` is false, `010` is eight and `1e-3` is text; here they are a word, ten and a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dlrecipe.config.wording import printable, show

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "tag:yaml.org,2002:"
STR, MAP, SEQ = f"{PREFIX}str", f"{PREFIX}map", f"{PREFIX}seq"
LONGEST_INTEGER = 400
"""Digits; longer ones are read as floats, thus infinite, and refused wherever a number is checked."""

_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = re.compile(r"\.(?:nan|NaN|NAN)")


def _integer(text: str) -> int | float:
    if len(text) > LONGEST_INTEGER:
        return float("-inf" if text.startswith("-") else "inf")
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _real(text: str) -> float:
    if _INFINITY.fullmatch(text) or _NAN.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text)


CORE: dict[str, tuple[str, re.Pattern[str], Callable[[str], object]]] = {
    # tag: (first characters, the whole word, what it means); the first match counts
    f"{PREFIX}null": ("~nN", re.compile(r"(?:~|null|Null|NULL|)\Z"), lambda _: None),
    f"{PREFIX}bool": (
        "tTfF",
        re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"),
        lambda text: text.lower() == "true",
    ),
    f"{PREFIX}int": (
        "-+0123456789",
        re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"),
        _integer,
    ),
    f"{PREFIX}float": (
        "-+.0123456789",
        re.compile(
            r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            rf"|{_INFINITY.pattern}|{_NAN.pattern})\Z"
        ),
        _real,
    ),
}


def teach(resolver: Any) -> None:
    """Give a PyYAML loader or dumper class the core schema's rules, beside those it has."""
    for tag, (first, word, _) in CORE.items():
        resolver.add_implicit_resolver(tag, word, ["", *first] if word.match("") else list(first))


def meaning_of(tag: str, text: str) -> object:
    """Return the value of a scalar.

    Raises:
        ValueError: The tag is not one of the core schema, or the text is none of its words.
    """
    if tag == STR:
        return text
    if tag not in CORE:
        raise ValueError(f"has the tag {_short(tag)}, which is not supported: write plain values.")
    _, word, value = CORE[tag]
    if not word.match(text):
        raise ValueError(f"cannot be read as {_short(tag)}. Got {show(text)}.")
    return value(text)


def _short(tag: str) -> str:
    return printable(tag.replace(PREFIX, "!!"))
