"""From trainings on several sizes to a curve with its law, forecasts, and what halves the variance."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dlrecipe.recipe.forecasting import FEWEST, forecast, power_law
from dlrecipe.recipe.intervals import error_interval
from dlrecipe.recipe.texts import count, points
from dlrecipe.results import Curve, CurvePoint, Halving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results import Forecast, TrainingResult

TIMES = 2, 4, 8
"""Multiples of the largest training set that are forecast."""

_SMALL_GAP = 0.002  # dev − train error below which nothing is left to halve
_VAGUE = 30.0  # times the data: an interval that reaches beyond says nothing


def conclude(study: str, results: Sequence[TrainingResult]) -> Curve:
    """Return the curve of finished trainings.

    Args:
        study: The study's folder.
        results: Of every training; those that diverged tell nothing, and are left out with a note.
    """
    whole = sorted((one for one in results if one.stopped != "diverged"), key=lambda one: one.train.examples)
    sizes = [one.train.examples for one in whole]
    errors = [one.dev.error for one in whole]
    curve = tuple(_point(size, list(group)) for size, group in groupby(whole, lambda one: one.train.examples))
    carries = len(curve) >= FEWEST
    at = [times * sizes[-1] for times in TIMES] if whole else []
    forecasts = forecast(examples=sizes, dev_errors=errors, at=at) if whole else ()
    return Curve(
        study=study,
        points=curve,
        fit=power_law(sizes, errors).fit() if carries else None,
        forecast=forecasts,
        halving=_halving(whole) if carries else None,
        seconds=sum(one.seconds for one in results),
        notes=tuple(_notes(results, whole, forecasts)),
    )


def _point(size: int, results: Sequence[TrainingResult]) -> CurvePoint:
    return CurvePoint(
        examples=size,
        train_error=sum(one.train.error for one in results) / len(results),
        dev_error=sum(one.dev.error for one in results) / len(results),
        dev_errors=tuple(one.dev.error for one in results),
        runs=tuple(one.run for one in results),
    )


def _halving(results: Sequence[TrainingResult]) -> Halving | None:
    """How many times the data halve dev − train error, where there is such a gap and it follows a law."""
    gaps = [one.dev.error - one.train.error for one in results]
    sizes = [one.train.examples for one in results]
    at_largest = [gap for gap, size in zip(gaps, sizes, strict=True) if size == sizes[-1]]
    if sum(at_largest) / len(at_largest) <= _SMALL_GAP:
        return None
    times, interval = power_law(sizes, gaps, to_zero=True).halving()
    return Halving(times, interval) if interval[1] <= _VAGUE else None


def _notes(
    results: Sequence[TrainingResult], whole: Sequence[TrainingResult], forecasts: Sequence[Forecast]
) -> list[str]:
    notes = []
    if len(whole) < len(results):
        notes.append(f"{count(len(results) - len(whole), 'training')} diverged and are left out.")
    if forecasts and not any(found.reliable for found in forecasts):
        notes.append(
            "No forecast: the points are too few, too noisy or follow no power law. More seeds (--seeds) or "
            "a larger dev set make them steadier."
        )
    if whole:
        examples = whole[0].dev.examples
        low, high = error_interval(whole[-1].dev.error, examples, whole[0].task, whole[-1].dev.error_sd)
        notes.append(
            f"All trainings share one dev set of {count(examples, 'example')}: its luck, about "
            f"{points((high - low) / 2)} either way, moves the whole curve up or down, and not its slope."
        )
    return notes
