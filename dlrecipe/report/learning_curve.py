"""A learning curve over training-set sizes on the screen: the points, and what more data would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.notes import show_notes
from dlrecipe.report.percent import percent, percents, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Curve, CurvePoint, Forecast


def show_curve(curve: Curve, out: Console | None = None, err: Console | None = None) -> None:
    """Print a curve.

    Args:
        curve: Its points and forecasts.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    width = readable_width(out)
    trainings = sum(len(point.runs) for point in curve.points)
    facts = told(f"{trainings} trainings, {curve.seconds:.3g} s")
    say(out, Text.assemble((curve.study, "bold"), f"  {facts}"), Text())
    say(out, *columns(list(_points(curve.points)), "rrrr"))
    if any(found.reliable for found in curve.forecast):
        say(out, Text(), Text(told("With more data"), "bold"), *columns(list(_forecasts(curve)), "rrl"))
    else:
        say(out, Text(), Text(told("No forecast: these points do not carry one."), "bold"))
    say(out, Text(), *(paragraph(told(sentence), width) for sentence in _sentences(curve)))
    show_notes(curve.notes, err)


def _points(points: tuple[CurvePoint, ...]) -> Iterator[list[Cell]]:
    yield [Text(told(title), "dim") for title in ("examples", "train error", "dev error", "over seeds")]
    for point in points:
        low, high = percents(min(point.dev_errors), max(point.dev_errors))
        spread = span(low, high) if low != high else ""
        yield [f"{point.examples:,}", percent(point.train_error), percent(point.dev_error), spread]


def _forecasts(curve: Curve) -> Iterator[list[Cell]]:
    yield [Text(told(title), "dim") for title in ("examples", "dev error", "95 % interval")]
    for found in curve.forecast:
        yield _forecast(found)


def _forecast(found: Forecast) -> list[Cell]:
    size = f"{found.examples:,}"
    if not found.reliable or found.dev_error is None or found.interval is None:
        return [size, "", told("no forecast: too uncertain")]
    low, high = percents(*found.interval)
    return [size, percent(found.dev_error), span(low, high)]


def _sentences(curve: Curve) -> Iterator[str]:
    last = curve.points[-1]
    gap = percent(last.dev_error - last.train_error).removesuffix(" %")
    if curve.halving is not None:
        times, (low, high) = curve.halving.times, curve.halving.interval
        yield (
            f"To halve the variance of {gap} points you need about {times:.2g}× the data "
            f"(95 %: {low:.2g}–{high:.2g}×)."
        )
    elif last.dev_error > last.train_error:
        yield f"How much data would halve the variance of {gap} points, these points do not tell."
    if curve.fit is not None and any(found.reliable for found in curve.forecast):
        low_text, high_text = percents(*curve.fit.asymptote_interval)
        yield (
            f"No amount of data brings the dev error below about {percent(curve.fit.asymptote)} "
            f"(95 %: {low_text} to {high_text}) with this network and these inputs."
        )
