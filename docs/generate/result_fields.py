"""The fields of every JSON result, from the dataclasses that are printed."""

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import TYPE_CHECKING, Any

from dlrecipe import results
from dlrecipe.results import Document, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

INTRODUCTION = """# JSON results

What a command prints with `--json`: one object, whose first field is `"schema": 1`. In Python the same values
are frozen dataclasses, whose `to_dict()` is that object. Errors are fractions, losses are nats, paths are
relative to the working directory or absolute. A number that JSON cannot express (NaN, infinity) is `null`.

A refusal prints `{"schema": 1, "error": {"kind": "…", "messages": ["…"]}}` and ends with status 2.

This page is written from the dataclasses of `dlrecipe.results`.
"""
ATTRIBUTE = re.compile(r"^ {4}([\w, ]+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def page() -> str:
    """Return the page: what commands print as a whole, then what that is made of."""
    named = [getattr(results, name) for name in results.__all__]
    kinds = [kind for kind in named if inspect.isclass(kind) and issubclass(kind, Value)]
    kinds = [kind for kind in dict.fromkeys(kinds) if dataclasses.is_dataclass(kind)]
    whole = [kind for kind in kinds if issubclass(kind, Document)]
    parts = [kind for kind in kinds if not issubclass(kind, Document)]
    return "\n".join(
        [INTRODUCTION, *map(_section, sorted([*whole], key=_name)), *map(_section, sorted(parts, key=_name))]
    )


def _name(kind: type[Any]) -> str:
    return kind.__name__


def _section(kind: type[Any]) -> str:
    text = inspect.cleandoc(kind.__doc__ or "").partition("\n\nAttributes:")[0]
    meanings = dict(_meanings(kind.__doc__ or ""))
    lines = [f"## {kind.__name__}", "", text, "", "| field | type | meaning |", "|---|---|---|"]
    if issubclass(kind, Document):
        lines.append("| `schema` | `int` | 1 |")
    for field in dataclasses.fields(kind):
        name = field.name.rstrip("_")
        written = str(field.type).replace("|", "\\|")
        lines.append(
            f"| `{name}` | `{written}` | {meanings.get(field.name, '').replace('|', chr(92) + '|')} |"
        )
    return "\n".join(lines) + "\n"


def _meanings(docstring: str) -> Iterator[tuple[str, str]]:
    listed = inspect.cleandoc(docstring).partition("Attributes:\n")[2]
    for names, meaning in ATTRIBUTE.findall(listed):
        for name in names.split(", "):
            yield name, " ".join(meaning.split())
