"""Notes: what to know beside a result, on stderr so that a pipe gets results only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import noted
from dlrecipe.report.console import readable_width, say
from dlrecipe.report.layout import paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def show_notes(notes: Sequence[str], err: Console) -> None:
    """Print each note as a paragraph of its own, after an empty line where people watch."""
    if notes and err.is_terminal:
        say(err, Text())
    for note in notes:
        say(err, paragraph(noted(note), readable_width(err), "dim", rest="      "))
