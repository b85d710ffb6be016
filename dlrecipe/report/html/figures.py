"""The figures of a report: curves, calibration, residuals, intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.recipe.texts import percent
from dlrecipe.report.html.axes import Axes
from dlrecipe.report.html.lines import Chart, Line, draw
from dlrecipe.report.html.svg import element, picture
from dlrecipe.report.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dlrecipe.results import Classes, Residuals, RunReport

COLOURS = 6
"""Lines of a picture that can be told apart."""


def cost(run: RunReport, key: str) -> Markup:
    """J over the epochs, with the loss and the penalty where there is one."""
    lines = [_line(run, "J", "cost", "cost")]
    if any(epoch.penalty for epoch in run.history):
        lines += [_line(run, "loss", "loss", "loss"), _line(run, "penalty", "penalty", "penalty")]
    return draw(Chart(f"{key}-cost", "Cost J, in nats", lines, _short))


def errors(run: RunReport, key: str) -> Markup:
    """Dev and train error over the epochs, and the human error where it was given."""
    lines = [_line(run, "dev", "dev", "dev_error"), _line(run, "train", "train", "train_error")]
    diagnosis = run.result.diagnosis
    if diagnosis.human_error_given:
        level = [(epoch.epoch, diagnosis.human_error) for epoch in run.history]
        lines.append(Line("human", "human", level))
    kept = [epoch for epoch in run.history if epoch.epoch == run.result.best_epoch]
    lines[:0] = [
        Line(f"kept, epoch {epoch.epoch}", "kept", [(epoch.epoch, epoch.dev_error)]) for epoch in kept
    ]
    return draw(Chart(f"{key}-errors", "Error", lines, percent, floor=0.0))


def weights(run: RunReport, key: str) -> Markup:
    """‖W‖ over the epochs."""
    lines = [_line(run, "norm of all weights", "cost", "weight_norm")]
    return draw(Chart(f"{key}-weights", "Weight norm ‖W‖", lines, _short, floor=0.0))


def dev_errors(runs: Sequence[RunReport]) -> Markup:
    """The dev errors of several runs in one frame."""
    lines = [
        _line(run, Path(run.run).name, f"c{i % COLOURS}", "dev_error")
        for i, run in enumerate(runs[: 2 * COLOURS])
    ]
    return draw(Chart("all-errors", "Dev error", lines, percent, floor=0.0))


def reliability(classes: Classes, key: str) -> Markup:
    """Confidence against accuracy: on the diagonal a probability means what it says."""
    unit = Scale(0.0, 1.0, logarithmic=False)
    axes = Axes(unit, unit, width=320, height=300)
    marks = [_diagonal(axes, unit)]
    largest = max(b.examples for b in classes.bins)
    for b in classes.bins:
        x, low = axes.place(b.confidence, b.interval[0])
        high = axes.place(b.confidence, b.interval[1])[1]
        y = axes.place(b.confidence, b.accuracy)[1]
        marks.append(element("line", class_="whisker", x1=x, x2=x, y1=low, y2=high))
        radius = 2.5 + 4 * (b.examples / largest) ** 0.5
        marks.append(element("circle", class_="dot dev", cx=x, cy=y, r=radius))
    return picture(
        *axes.frame("confidence of the answer", percent, percent),
        *marks,
        title=told("Reliability diagram"),
        text=told("Accuracy on the dev set against confidence, in ten bins; the table has the figures."),
        size=(axes.width, axes.height),
        key=f"{key}-reliability",
    )


def residuals(found: Residuals, key: str) -> Markup:
    """Targets against predictions: on the diagonal a prediction is right."""
    both = Scale.of(value for point in found.points for value in point)
    scale = both or Scale(0.0, 1.0, logarithmic=False)
    scale = Scale(scale.low, scale.high, logarithmic=False)
    axes = Axes(scale, scale, width=320, height=300)
    places = [axes.place(*point) for point in found.points]
    return picture(
        *axes.frame("predicted", _short, _short),
        _diagonal(axes, scale),
        *(element("circle", class_="dot faint dev", cx=x, cy=y, r=2.5) for x, y in places),
        title=told("Targets against predictions"),
        text=told(f"{len(places):,} dev examples; on the diagonal the prediction is the target."),
        size=(axes.width, axes.height),
        key=f"{key}-residuals",
    )


def interval_bar(error: float, interval: tuple[float, float], most: float) -> Markup:
    """An error and its interval as a mark on a line that ends at `most`; the figures stand beside it."""
    scale = Scale(0.0, most or 1.0, logarithmic=False)
    low, middle, high = (
        4 + 112 * min(1.0, scale.height(value)) for value in (interval[0], error, interval[1])
    )
    return element(
        "svg",
        element("line", class_="grid", x1=4, x2=116, y1=8, y2=8),
        element("line", class_="whisker wide", x1=low, x2=high, y1=8, y2=8),
        element("circle", class_="dot dev", cx=middle, cy=8, r=4),
        class_="bar",
        viewBox="0 0 120 16",
        aria_hidden="true",
    )


def _diagonal(axes: Axes, scale: Scale) -> Markup:
    (x1, y1), (x2, y2) = axes.place(scale.low, scale.low), axes.place(scale.high, scale.high)
    return element("line", class_="line human", x1=x1, y1=y1, x2=x2, y2=y2)


def _line(run: RunReport, name: str, style: str, column: str) -> Line:
    return Line(name, style, [(epoch.epoch, getattr(epoch, column)) for epoch in run.history])


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
