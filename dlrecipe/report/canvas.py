"""Curves in character cells: fine dots in braille, one mark a cell in ASCII.

A canvas draws several curves so that they can be told apart without colour: curve 0 is the plain one.
"""

from __future__ import annotations

Dot = tuple[int, int]
"""Column and row of a dot; (0, 0) is the top left one."""


class Braille:
    """2 × 4 dots a cell; curve 0 is a solid line, curve 1 a dotted one."""

    dots_across, dots_down = 2, 4
    upright, corner, level = "│", "└", "─"

    BLANK = 0x2800
    BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # by row and column in the cell

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[self.BLANK] * width for _ in range(height)]

    def put(self, dot: Dot, curve: int) -> None:
        """Mark a dot of a curve."""
        x, y = dot
        if curve == 0 or (x % 4 == 0 and y % 2 == 0) or (x % 4 == 2 and y % 2 == 1):
            self._cells[y // 4][x // 2] |= self.BITS[y % 4][x % 2]

    def rows(self) -> list[str]:
        """Return the cells as text, from the top."""
        blank = chr(self.BLANK)
        return ["".join(map(chr, row)).replace(blank, " ") for row in self._cells]


class Ascii:
    """One mark a cell, for streams that cannot write more: curve 0 is `*`, curve 1 is `o`."""

    dots_across, dots_down = 1, 1
    upright, corner, level = "|", "+", "-"

    MARKS = "*o"

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[" "] * width for _ in range(height)]

    def put(self, dot: Dot, curve: int) -> None:
        """Mark a dot of a curve."""
        x, y = dot
        self._cells[y][x] = self.MARKS[curve]

    def rows(self) -> list[str]:
        """Return the cells as text, from the top."""
        return ["".join(row) for row in self._cells]


Canvas = Braille | Ascii
"""A grid of cells, each of `dots_across` × `dots_down` dots, and what frames it."""
