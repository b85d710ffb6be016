"""Learning curves in the terminal: two panels, legible without colour and in plain ASCII."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from dlrecipe.report.canvas import Ascii, Braille
from dlrecipe.report.percent import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dlrecipe.report.canvas import Canvas, Dot
    from dlrecipe.results import Epoch

    Curve = Sequence[tuple[float, float]]

DECADES = 2
"""A panel whose values span more powers of ten than this has a logarithmic axis."""
LABEL = 9
"""Columns of the labels left of a panel."""


def chart(history: Sequence[Epoch], width: int, height: int = 8, *, ascii_only: bool = False) -> str:
    """Draw J and the errors of a training, side by side.

    Args:
        history: Its evaluations.
        width: Columns of both panels together.
        height: Rows of the curves.
        ascii_only: Draw with ASCII marks instead of braille dots.

    Returns:
        Lines of text; empty where there are fewer than two evaluations.
    """
    if len(history) < 2:
        return ""
    canvas: type[Braille | Ascii] = Ascii if ascii_only else Braille
    inner = max(10, (width - 3) // 2 - LABEL - 1)
    epochs = [float(epoch.epoch) for epoch in history]
    marks = ("*", "o") if ascii_only else ("solid", "dotted")
    J = [list(zip(epochs, (epoch.cost for epoch in history), strict=True))]
    errors = [
        list(zip(epochs, (epoch.train_error for epoch in history), strict=True)),
        list(zip(epochs, (epoch.dev_error for epoch in history), strict=True)),
    ]
    left = _panel("J, with its penalty", J, canvas, (inner, height), lambda value: f"{value:.3g}")
    title = f"error: train {marks[0]}, dev {marks[1]}"
    right = _panel(title, errors, canvas, (inner, height), percent)
    return "\n".join(f"{a.ljust(inner + LABEL + 1)}  {b}".rstrip() for a, b in zip(left, right, strict=True))


def _panel(
    title: str,
    curves: Sequence[Curve],
    kind: type[Braille | Ascii],
    size: tuple[int, int],
    write: Callable[[float], str],
) -> list[str]:
    """The lines of one panel: a title, the curves between two axes, the first and last epoch."""
    width, height = size
    values = [y for curve in curves for _, y in curve if math.isfinite(y)]
    logarithmic = bool(values) and min(values) > 0 and max(values) > 10**DECADES * min(values)
    scale: Callable[[float], float] = math.log10 if logarithmic else float
    low, high = (scale(min(values)), scale(max(values))) if values else (0.0, 1.0)
    canvas: Canvas = kind(width, height)
    across, down = width * canvas.dots_across - 1, height * canvas.dots_down - 1
    first, last = curves[0][0][0], curves[0][-1][0]

    def dot(x: float, y: float) -> Dot:
        share = (scale(y) - low) / (high - low) if high > low else 0.5
        return round((x - first) / (last - first) * across), round((1 - share) * down)

    for number, curve in reversed(list(enumerate(curves))):
        shown = [dot(x, y) for x, y in curve if math.isfinite(y)]
        for a, b in [*pairwise(shown), *((point, point) for point in shown[:1])]:
            for point in _line(a, b):
                canvas.put(point, number)
    top, bottom = (write(max(values)), write(min(values))) if values else ("", "")
    labels = [top, *[""] * (height - 2), bottom]
    rows = [
        f"{label[:LABEL].rjust(LABEL)}{canvas.upright}{row}"
        for label, row in zip(labels, canvas.rows(), strict=True)
    ]
    axis = f"{' ' * LABEL}{canvas.corner}{canvas.level * width}"
    ends = f"{first:g}".ljust(width - len(f"{last:g}")) + f"{last:g}"
    note = " (log scale)" if logarithmic else ""
    return [
        f"{' ' * (LABEL + 1)}{title}{note}"[: LABEL + 1 + width],
        *rows,
        axis,
        f"{' ' * (LABEL + 1)}{ends}",
    ]


def _line(a: Dot, b: Dot) -> list[Dot]:
    """The dots from a to b."""
    steps = max(abs(b[0] - a[0]), abs(b[1] - a[1]), 1)
    return [
        (round(a[0] + (b[0] - a[0]) * i / steps), round(a[1] + (b[1] - a[1]) * i / steps))
        for i in range(steps + 1)
    ]
