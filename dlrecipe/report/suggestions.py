"""Suggestions as a numbered list: what, which settings, why, and the command that tries it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.layout import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dlrecipe.results import Suggestion

INDENT = "     "


def suggestion_lines(suggestions: Sequence[Suggestion], width: int) -> Iterator[Text]:
    """Yield the lines of the list.

    Args:
        suggestions: Best first.
        width: Columns of a line; commands are never broken, so that they can be copied.
    """
    for number, suggestion in enumerate(suggestions, 1):
        title = (told(suggestion.title), "bold")
        head = Text.assemble(f"{number:>3}. ", title, *_settings(suggestion.patch))
        if head.cell_len > width and suggestion.command is not None:  # the command has the settings, too
            head = Text.assemble(f"{number:>3}. ", title)
        yield head
        yield paragraph(told(suggestion.because), width, first=INDENT, rest=INDENT)
        if suggestion.command is not None:
            yield Text.assemble(INDENT, (suggestion.command, "cyan"))


def _settings(patch: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    if patch:
        yield f"  {in_one_line(patch)}", "dim"


def in_one_line(patch: Mapping[str, object]) -> str:
    """Return a patch as the lines of a config, in one line."""
    return ", ".join(f"{key}: {_yaml(value)}" for key, value in patch.items())


def _yaml(value: object) -> str:
    """Return a value as YAML's flow style writes it; the config's words need no quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
