"""Lines of text: paragraphs that keep their words whole, and columns that are aligned by whitespace."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import StyleType

Cell = str | Text
BETWEEN = "  "
UNBROKEN = "\N{NO-BREAK SPACE}"
SECOND = "\N{WORD JOINER}"
"""The second column of a wide character, while lines are broken."""


def paragraph(text: str, width: int, style: StyleType = "", *, first: str = "", rest: str = "") -> Text:
    """Return text in lines of at most `width` columns; a longer word has a line of its own.

    Args:
        text: One paragraph; what looks like markup is text.
        width: Columns, the indentation among them.
        style: Of the text.
        first: Before the first line.
        rest: Before every other one.
    """
    lines = textwrap.wrap(
        "".join(character + SECOND * excess(character) for character in text.replace(" %", f"{UNBROKEN}%")),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Text("\n".join(lines).replace(UNBROKEN, " ").replace(SECOND, ""), style)


def excess(text: str) -> int:
    """Return the columns that text takes beyond one for each character: a Korean syllable takes two."""
    return cell_len(text) - len(text)


def columns(rows: Sequence[Sequence[Cell]], justify: str, indent: str = "  ") -> Iterator[Text]:
    """Align cells below each other.

    Args:
        rows: Cells; a row may end early.
        justify: One letter a column, `l` or `r`.
        indent: Before every row.

    Yields:
        A line for each row, without space at its end. A column without any text takes no room.
    """
    texts = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
    widths = [max(cell.cell_len for cell in column) for column in zip_longest(*texts, fillvalue=Text())]
    for row in texts:
        shown = [
            _padded(cell, width, side)
            for cell, width, side in zip(row, widths, justify, strict=False)
            if width
        ]
        line = Text(indent) + Text(BETWEEN).join(shown)
        line.rstrip()
        yield line


def _padded(cell: Text, width: int, side: str) -> Text:
    padded, space = cell.copy(), width - cell.cell_len
    if side == "r":
        padded.pad_left(space)
    else:
        padded.pad_right(space)
    return padded
