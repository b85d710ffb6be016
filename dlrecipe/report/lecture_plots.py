"""The plots of an experiment in the terminal: curves in a frame, and planes cut into bands."""

from __future__ import annotations

import math
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rich.cells import chop_cells

from dlrecipe.language import told
from dlrecipe.report.canvas import Braille
from dlrecipe.report.curves import Panel, draw
from dlrecipe.report.layout import excess
from dlrecipe.report.percent import percent
from dlrecipe.results import Plane, Plot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

from dlrecipe.report.canvas import Canvas

ROWS = 10
PLANE_ROWS = 15
GAP = 2
NARROWEST = 24
"""Columns below which planes stand below each other."""
MARKS = "ox"
"""Points of kind 0 and 1."""


def plot_lines(plots: Sequence[Plot | Plane], width: int, canvas: type[Canvas]) -> Iterator[str]:
    """Yield the lines of all plots, an empty one before each; planes stand beside each other.

    Args:
        plots: What to draw.
        width: Columns of a line.
        canvas: What curves are drawn with; it also decides whether bands may be more than ASCII.
    """
    for plot in plots:
        if isinstance(plot, Plot):
            yield ""
            yield from draw(_panel(plot), width, max(ROWS, len(plot.curves)), canvas)
    planes = [plot for plot in plots if isinstance(plot, Plane)]
    beside = max(1, min(len(planes), (width + GAP) // (NARROWEST + GAP)))
    each = (width + GAP) // beside - GAP
    for start in range(0, len(planes), beside):
        yield ""
        yield from _side_by_side(
            [_plane(plane, each, canvas) for plane in planes[start : start + beside]], each
        )


def _panel(plot: Plot) -> Panel:
    curves = {told(curve.name): curve.y for curve in plot.curves}
    x = [math.log10(value) for value in plot.x] if plot.log_x else plot.x
    across = f"{plot.across} (log scale)" if plot.log_x else plot.across
    write_x = _power if plot.log_x else "{:g}".format
    return Panel(told(plot.title), x, curves, writer(plot), None, told(across), write_x)


def writer(plot: Plot) -> Callable[[float], str]:
    """Return what writes a value of the plot as people read it."""
    return percent if plot.percent else "{:.3g}".format


def _power(exponent: float) -> str:
    return f"{10**exponent:.3g}"


def _plane(plane: Plane, width: int, canvas: type[Canvas]) -> list[str]:
    """A plane in its frame: odd bands are shaded, and the points lie on top."""
    shades = " ░" if canvas is Braille else " ."
    rows, across = PLANE_ROWS, width - 1
    cells = [
        [shades[_at(_at(plane.bands, r, rows), c, across) % 2] for c in range(across)] for r in range(rows)
    ]
    (left, right), (bottom, top) = plane.x_range, plane.y_range
    for x, y, kind in plane.points:
        column, row = (x - left) / (right - left), (top - y) / (top - bottom)
        if 0 <= column <= 1 and 0 <= row <= 1:
            cells[round(row * (rows - 1))][round(column * (across - 1))] = MARKS[kind]
    first, last = f"{left:.2g}", f"{right:.2g}"
    return [
        chop_cells(told(plane.title), width)[0],
        *(canvas.upright + "".join(row) for row in cells),
        canvas.corner + canvas.level * across,
        f" {first}{plane.across.center(across - len(first) - len(last))}{last}",
    ]


def _at(values: Sequence[Any], place: int, places: int) -> Any:
    """The value of a long sequence that falls on one of fewer, or more, places."""
    return values[place * len(values) // places]


def _side_by_side(planes: list[list[str]], width: int) -> Iterator[str]:
    for lines in zip_longest(*planes, fillvalue=""):
        yield (" " * GAP).join(f"{line:<{width - excess(line)}}" for line in lines).rstrip()
