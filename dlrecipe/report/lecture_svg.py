"""The plots of an experiment as SVG, for a page that needs nothing else."""

from __future__ import annotations

import math
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.report.lecture_plots import writer
from dlrecipe.report.lecture_words import in_words
from dlrecipe.report.scale import Scale
from dlrecipe.results import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.results import Line, Plane

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 104, 16, 44
SWATCH = 22
"""Length of the piece of a curve that stands before its name."""
NAME = 13
"""Height of a curve's name."""
SIDE = 300
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#808080", "#E69F00", "#56B4E9", "currentColor")
"""Okabe and Ito's palette, on light and on dark paper; dashes tell the curves apart without colour."""
DASHES = ("", "7 4", "2 3", "9 3 2 3")


def picture(plot: Plot | Plane) -> str:
    """Return one `<svg>` element; every text in it is escaped."""
    return _curves(plot) if isinstance(plot, Plot) else _plane(plot)


def _svg(width: int, height: int, plot: Plot | Plane, parts: Iterator[str]) -> str:
    head = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(in_words(plot))}">'
    return "".join([head, *parts, "</svg>"])


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'


def _curves(plot: Plot) -> str:
    scale = Scale.of(value for curve in plot.curves for value in curve.y)
    if scale is None:
        return _svg(
            WIDTH, HEIGHT, plot, iter([_text(WIDTH / 2, HEIGHT / 2, told("no finite value to draw"))])
        )
    return _svg(WIDTH, HEIGHT, plot, _curve_parts(plot, scale))


def _curve_parts(plot: Plot, scale: Scale) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    yield f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="currentColor"/>'
    yield _text(LEFT - 6, TOP + 8, writer(plot)(scale.high), "end")
    yield _text(LEFT - 6, bottom, writer(plot)(scale.low), "end")
    yield _text(LEFT, bottom + 16, f"{plot.x[0]:.3g}")
    yield _text(right, bottom + 16, f"{plot.x[-1]:.3g}")
    logs = [name for name, used in ((plot.across, plot.log_x), ("values", scale.logarithmic)) if used]
    across = f"{plot.across} (log scale: {', '.join(logs)})" if logs else plot.across
    yield _text((LEFT + right) / 2, bottom + 34, told(across))
    yield from _lines(plot, scale)


def _lines(plot: Plot, scale: Scale) -> Iterator[str]:
    """Yield every curve and, beside its end, its name; names make room for each other."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    free, lowest = 0.0, bottom - NAME * (len(plot.curves) - 1)
    ranked = sorted(enumerate(plot.curves), key=lambda item: -_last(item[1], scale))
    for place, (number, curve) in enumerate(ranked):
        path = _path(plot, curve, scale)
        yield f'<path d="{path}" fill="none" {_stroke(number)}/>'
        end = TOP + (1 - _last(curve, scale)) * (bottom - TOP) + 4
        free = min(max(free + NAME, end), lowest + NAME * place)
        yield f'<path d="M{right + 6} {free - 4:.1f}h{SWATCH}" {_stroke(number)}/>'
        yield _text(right + 10 + SWATCH, free, told(curve.name), "start")


def _stroke(number: int) -> str:
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    return f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'


def _last(curve: Line, scale: Scale) -> float:
    """The height, from 0 to 1, at which a curve ends."""
    finite = [value for value in curve.y if math.isfinite(value)]
    return scale.height(finite[-1]) if finite else 0.0


def _path(plot: Plot, curve: Line, scale: Scale) -> str:
    """Lines between neighbours; what is not finite leaves a gap."""
    x = [math.log10(value) for value in plot.x] if plot.log_x else plot.x
    span = (x[-1] - x[0]) or 1
    drawing, path = False, []
    for value, y in zip(x, curve.y, strict=True):
        if math.isfinite(y):
            across = LEFT + (value - x[0]) / span * (WIDTH - LEFT - RIGHT)
            down = TOP + (1 - scale.height(y)) * (HEIGHT - TOP - BOTTOM)
            path.append(f"{'L' if drawing else 'M'}{across:.1f} {down:.1f}")
        drawing = math.isfinite(y)
    return "".join(path)


def _plane(plane: Plane) -> str:
    return _svg(SIDE, SIDE + 24, plane, _plane_parts(plane))


def _plane_parts(plane: Plane) -> Iterator[str]:
    yield from _cells(plane)
    (left, right), (bottom, top) = plane.x_range, plane.y_range
    for x, y, kind in plane.points:
        across, down = (x - left) / (right - left) * SIDE, (top - y) / (top - bottom) * SIDE
        mark = f'cx="{across:.1f}" cy="{down:.1f}" r="3"'
        yield f'<circle {mark} fill="{COLOURS[kind]}" stroke="white" stroke-width="0.6"/>'
    yield _text(0, SIDE + 18, f"{left:.2g}", "start")
    axes = f"{plane.across} (up: {plane.up}, {bottom:.2g} to {top:.2g})"
    yield _text(SIDE / 2, SIDE + 18, told(axes))
    yield _text(SIDE, SIDE + 18, f"{right:.2g}", "end")


def _cells(plane: Plane) -> Iterator[str]:
    """Yield a rectangle for every run of equal cells in a row; each a little larger, so no seam shows."""
    most = max(*map(max, plane.bands), 1)
    width, height = SIDE / len(plane.bands[0]), SIDE / len(plane.bands)
    for r, row in enumerate(plane.bands):
        start = 0
        for band, run in groupby(row):
            length = len(list(run))
            place = f'x="{start * width:.1f}" y="{r * height:.1f}"'
            size = f'width="{length * width + 0.5:.1f}" height="{height + 0.5:.1f}"'
            yield f'<rect {place} {size} fill="hsl({210 - 170 * band / most:.0f} 60% 86%)"/>'
            start += length
