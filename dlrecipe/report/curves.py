"""One panel of a chart: curves in a frame, with the values at its corners and names at the curves' ends.

The lines are drawn here rather than by a plotting library: a dependency for a hundred lines would also have
to tell curves apart without colour, fall back to ASCII, and survive what a diverging training leaves behind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from dlrecipe.language import told
from dlrecipe.report.layout import excess
from dlrecipe.report.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dlrecipe.report.canvas import Canvas, Dot


@dataclass(frozen=True)
class Panel:
    """What is drawn.

    Attributes:
        title: Above the frame.
        x: The x of every value, rising.
        curves: Values by name; a value that is not finite leaves a gap.
        write: A value as the axis shows it.
        floor: Where a linear axis begins; None for the lowest value.
        across: What x is.
        write_x: An x as the axis shows it.
    """

    title: str
    x: Sequence[float]
    curves: Mapping[str, Sequence[float]]
    write: Callable[[float], str]
    floor: float | None = None
    across: str = "epoch"
    write_x: Callable[[float], str] = str


def draw(panel: Panel, width: int, height: int, canvas: type[Canvas]) -> list[str]:
    """Return the panel as lines: its title, `height` rows, the axis and the ends of x below it.

    Args:
        panel: What to draw.
        width: Columns of a line, at least 30; lines have no space at their end.
        height: Rows of cells between the title and the axis.
        canvas: What the curves are drawn with.
    """
    scale = Scale.of((value for curve in panel.curves.values() for value in curve), floor=panel.floor)
    if scale is None:
        return [panel.title, f"  {told('no finite value to draw')}"] + [""] * (height + 1)
    values = _axis_labels(panel, scale, height)
    names = _names(panel, scale, height)
    margin, ending = max(map(len, values)), max(map(cell_len, names))
    inner = width - margin - ending - 1
    rows = _rows(panel, scale, inner, height, canvas)
    return [
        _title(panel, scale),
        *(
            f"{value:>{margin}}{canvas.upright}{row}{name}".rstrip()
            for value, row, name in zip(values, rows, names, strict=True)
        ),
        " " * margin + canvas.corner + canvas.level * inner,
        " " * (margin + 1) + _ends(panel, inner),
    ]


def _title(panel: Panel, scale: Scale) -> str:
    lost = sum(not all(map(math.isfinite, values)) for values in zip(*panel.curves.values(), strict=True))
    remarks = [told("log scale")] * scale.logarithmic + [told(f"{lost} not finite")] * (lost > 0)
    return f"{panel.title} ({', '.join(remarks)})" if remarks else panel.title


def _axis_labels(panel: Panel, scale: Scale, height: int) -> list[str]:
    labels = [""] * height
    if scale.low == scale.high:
        labels[_row(0.5, height)] = panel.write(scale.low)
    else:
        labels[0], labels[-1] = panel.write(scale.high), panel.write(scale.low)
    return [f"{label} " for label in labels]


def _names(panel: Panel, scale: Scale, height: int) -> list[str]:
    """Return what stands right of each row: the curves' names, each beside its last value."""
    names = [""] * height
    if len(panel.curves) == 1:
        return names
    ends = [
        (_row(scale.height(finite[-1]), height), name)
        for name, curve in panel.curves.items()
        if (finite := list(filter(math.isfinite, curve)))
    ]
    free = 0
    for place, (end, name) in enumerate(sorted(ends, key=itemgetter(0))):
        row = min(max(end, free), height - len(ends) + place)
        names[row], free = f" {name}", row + 1
    return names


def _rows(panel: Panel, scale: Scale, width: int, height: int, canvas: type[Canvas]) -> list[str]:
    grid = canvas(width, height)
    across, down = width * canvas.across, height * canvas.down
    first, span = panel.x[0], (panel.x[-1] - panel.x[0]) or 1
    for number, curve in reversed(list(enumerate(panel.curves.values()))):
        dots = [
            (round((x - first) / span * (across - 1)), _row(scale.height(value), down))
            if math.isfinite(value)
            else None
            for x, value in zip(panel.x, curve, strict=True)
        ]
        grid.draw(dict.fromkeys(_line(dots)), number)
    return grid.rows()


def _line(dots: Sequence[Dot | None]) -> Iterator[Dot]:
    """Yield the dots of straight lines between neighbours; None interrupts the curve."""
    before = None
    for dot in dots:
        if dot is not None:
            yield from _segment(before or dot, dot)
        before = dot


def _segment(start: Dot, end: Dot) -> Iterator[Dot]:
    (x, y), (to_x, to_y) = start, end
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        yield x + round(step * (to_x - x) / steps), y + round(step * (to_y - y) / steps)


def _row(height: float, rows: int) -> int:
    """Return the row, counted from the top, of a height between 0 and 1."""
    return round((1 - height) * (rows - 1))


def _ends(panel: Panel, width: int) -> str:
    first, last = panel.write_x(panel.x[0]), panel.write_x(panel.x[-1])
    if first == last:
        return f"{first}  {panel.across}"
    room = width - len(first) - len(last) - excess(panel.across)
    return first + panel.across.center(room) + last
