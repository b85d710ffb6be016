"""Curves in character cells: fine dots in braille, one mark a cell in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

Dot = tuple[int, int]
"""Column and row of a dot; (0, 0) is the top left one."""


class Canvas(Protocol):
    """A grid of cells, each of `across` × `down` dots, and the characters of the axes around it.

    Curves can be told apart without colour: number 0 is the plain one.
    """

    across: ClassVar[int]
    down: ClassVar[int]
    upright: ClassVar[str]
    corner: ClassVar[str]
    level: ClassVar[str]

    def __init__(self, width: int, height: int) -> None: ...

    def draw(self, dots: Iterable[Dot], curve: int) -> None:
        """Draw a curve along its dots."""

    def rows(self) -> list[str]:
        """Return the cells as text, from the top."""


class Braille:
    """Two by four dots a cell: curve 0 is a solid line, curve 1 a dotted one, curves 2 and 3 sparser ones."""

    across: ClassVar[int] = 2
    down: ClassVar[int] = 4
    upright: ClassVar[str] = "│"
    corner: ClassVar[str] = "└"
    level: ClassVar[str] = "─"

    BLANK = 0x2800
    BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
    """The bit of each dot of a cell, by row and column."""
    STEPS = (1, 3, 5, 8)
    """Of each curve, which dots are drawn: all, every third, …; a fifth curve is solid again."""

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[self.BLANK] * width for _ in range(height)]

    def draw(self, dots: Iterable[Dot], curve: int) -> None:
        """Draw a curve along its dots."""
        for x, y in list(dots)[:: self.STEPS[curve % len(self.STEPS)]]:
            self._cells[y // 4][x // 2] |= self.BITS[y % 4][x % 2]

    def rows(self) -> list[str]:
        """Return the cells as text, from the top."""
        blank = chr(self.BLANK)
        return ["".join(map(chr, row)).replace(blank, " ") for row in self._cells]


class Ascii:
    """One mark a cell, for streams that cannot write more: curve 0 is made of `*`, curve 1 of `o`."""

    across: ClassVar[int] = 1
    down: ClassVar[int] = 1
    upright: ClassVar[str] = "|"
    corner: ClassVar[str] = "+"
    level: ClassVar[str] = "-"

    MARKS = "*o+x#=%@"

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[" "] * width for _ in range(height)]

    def draw(self, dots: Iterable[Dot], curve: int) -> None:
        """Draw a curve along its dots."""
        for x, y in dots:
            self._cells[y][x] = self.MARKS[curve % len(self.MARKS)]

    def rows(self) -> list[str]:
        """Return the cells as text, from the top."""
        return ["".join(row) for row in self._cells]
