"""Lines over the epochs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from dlrecipe.language import told
from dlrecipe.report.html.axes import Axes
from dlrecipe.report.html.svg import element, picture
from dlrecipe.report.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

POINTS = 400
"""Points of a line at most: more of them nobody sees."""


class Line(NamedTuple):
    """A line: its name, its style's class, and (epoch, value) points."""

    name: str
    style: str
    points: Sequence[tuple[float, float]]


class Chart(NamedTuple):
    """Lines that share a frame.

    Attributes:
        key: An id of its own in the page.
        title: What the values are.
        lines: The first one is the most important.
        label: Writes a value.
        floor: A value that a linear scale must have.
    """

    key: str
    title: str
    lines: Sequence[Line]
    label: Callable[[float], str]
    floor: float | None = None


def draw(chart: Chart) -> Markup:
    """Return the chart as a figure with its legend; what is not finite leaves a gap."""
    points = [point for line in chart.lines for point in line.points]
    y = Scale.of((value for _, value in points), floor=chart.floor)
    x = Scale.of(epoch for epoch, _ in points)
    if x is None or y is None:
        return element("p", told(f"{chart.title}: no finite value in any epoch."))
    axes = Axes(Scale(x.low, max(x.high, x.low + 1), logarithmic=False), y)
    drawn = [mark for line in reversed(chart.lines) for mark in _marks(line, axes)]
    frame = axes.frame("epoch", _whole, chart.label)
    scale = f", {told('logarithmic scale')}" if y.logarithmic else ""
    image = picture(
        *frame,
        *drawn,
        title=told(f"{chart.title} over the epochs"),
        text="; ".join(told(_story(line, chart.label)) for line in chart.lines) + scale + ".",
        size=(axes.width, axes.height),
        key=chart.key,
    )
    caption = element("figcaption", element("strong", told(chart.title) + scale), *map(_key, chart.lines))
    return element("figure", image, caption, class_="chart")


def _marks(line: Line, axes: Axes) -> Iterator[Markup]:
    """Yield a path for each stretch of finite values; a single point is a dot."""
    for stretch in _stretches(_thinned(line.points)):
        places = [axes.place(*point) for point in stretch]
        if len(places) == 1:
            yield element("circle", class_=f"dot {line.style}", cx=places[0][0], cy=places[0][1], r=4)
        else:
            path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield element("path", class_=f"line {line.style}", d=path)


def _thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    step = max(1, math.ceil(len(points) / POINTS))
    return points[::step] if points[-1:] == points[::step][-1:] else [*points[::step], points[-1]]


def _stretches(points: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if math.isfinite(point[1]):
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _story(line: Line, label: Callable[[float], str]) -> str:
    finite = [value for _, value in line.points if math.isfinite(value)]
    if len(line.points) == 1:
        return f"{line.name}: {label(line.points[0][1])}"
    if not finite:
        return f"{line.name} is never finite"
    return f"{line.name} goes from {label(finite[0])} to {label(finite[-1])}, lowest {label(min(finite))}"


def _key(line: Line) -> Markup:
    """Return a line of the legend: a sample, and the name."""
    sample = element("line", class_=f"line {line.style}", x1=0, x2=24, y1=6, y2=6)
    if len(line.points) == 1:
        sample = element("circle", class_=f"dot {line.style}", cx=12, cy=6, r=4)
    image = element("svg", sample, class_="sample", viewBox="0 0 24 12", aria_hidden="true")
    return element("span", image, Markup(" "), told(line.name), class_="key")


def _whole(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else ""
