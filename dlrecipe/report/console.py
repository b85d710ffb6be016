"""The two consoles: results go to stdout, notes and progress to stderr, plain where nobody watches."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TextIO, cast

from rich.console import Console

if TYPE_CHECKING:
    from rich.text import Text

PIPE_WIDTH = 100
"""Columns of a line in a pipe or a file."""
READABLE = 100
"""Columns that text and charts take at most: longer lines are hard to read."""

SUBSTITUTES = {
    "−": "-",
    "–": "-",
    "…": "...",
    "×": "x",
    "≈": "~",
    "≤": "<=",
    "≥": ">=",
    "→": "->",
    "‖": "||",
    "√": "sqrt ",
    "½": "1/2",
    "λ": "lambda",
    "θ": "theta",
    "ε": "epsilon",
}
"""What stands for a character that the stream's encoding lacks; others become a question mark."""


def console() -> Console:
    """Return the console for results: stdout as it is now."""
    return _console(sys.stdout)


def error_console() -> Console:
    """Return the console for notes and progress: stderr as it is now."""
    return _console(sys.stderr)


def say(console: Console, *lines: Text) -> None:
    """Print lines that are already laid out: nothing is wrapped, cropped or read as markup."""
    for line in lines:
        console.print(line, soft_wrap=True)


def readable_width(console: Console) -> int:
    """Return the columns that text may take."""
    return min(console.width, READABLE)


def expressible(console: Console, text: str) -> bool:
    """Whether the console's stream can write these characters as they are."""
    try:
        text.encode(getattr(console.file, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _console(stream: TextIO) -> Console:
    watched = stream.isatty()
    coloured = watched and not os.environ.get("NO_COLOR")
    return Console(
        file=cast("TextIO", _Expressible(stream)),
        force_terminal=watched,
        force_jupyter=False,
        color_system="auto" if coloured else None,
        width=None if watched else PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


class _Expressible:
    """A text stream that never fails on a character: Windows pipes and C locales lack many."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            text = "".join(map(self._express, text))
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def _encoding(self) -> str:
        return getattr(self._stream, "encoding", None) or "utf-8"

    def _express(self, character: str) -> str:
        try:
            character.encode(self._encoding)
        except UnicodeEncodeError:
            return SUBSTITUTES.get(character, "?")
        return character
