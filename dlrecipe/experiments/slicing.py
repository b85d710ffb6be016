"""Which examples are wrong more often than the others: slices of the dev set by category and by quartile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.recipe import error_interval
from dlrecipe.recipe.contingency import fisher
from dlrecipe.recipe.multiplicity import holm
from dlrecipe.recipe.telling import different
from dlrecipe.results import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.data import Encoder
    from dlrecipe.results.diagnosis import Task

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

FEWEST = 5  # examples of a slice that is worth a line
MOST_COLUMNS = 6  # columns that are shown
MOST_SLICES = 8  # slices of a column that are shown


class _Look(NamedTuple):
    """One slice, before the correction for all the others."""

    column: str
    value: str
    inside: Mask
    p: float


def slices(
    columns: Iterator[tuple[str, str, Mask]], errors: Floats, task: Task
) -> tuple[tuple[Slice, ...], int]:
    """Return the slices of the most telling columns, and how many slices were looked at.

    Args:
        columns: From `sliced_columns`: column, value, and which examples are in it.
        errors: Of each example.
        task: What the errors mean.
    """
    if not errors.any():
        return (), 0
    looks = [
        _Look(column, value, inside, _p_value(errors, inside, task))
        for column, value, inside in columns
        if FEWEST <= inside.sum() <= len(errors) - FEWEST
    ]
    corrected = holm([look.p for look in looks])
    best: dict[str, float] = {}
    for look in looks:
        best[look.column] = min(look.p, best.get(look.column, 1.0))
    order = sorted(best, key=best.__getitem__)[:MOST_COLUMNS]
    shown = []
    for column in order:
        own = [(look, p) for look, p in zip(looks, corrected, strict=True) if look.column == column]
        shown += [_slice(look, p, errors, task) for look, p in _most_telling(own)]
    return tuple(shown), len(looks)


def sliced_columns(inputs: Floats, encoder: Encoder) -> Iterator[tuple[str, str, Mask]]:
    """Yield every category of the text columns, and the quartiles of the columns of numbers.

    Args:
        inputs: Expanded columns in their own units, shape (m, n_x).
        encoder: Their names.
    """
    place = {str(name): at for at, name in enumerate(encoder.columns)}
    categories = {
        f"{name}={text}": (str(name), text)
        for name, texts in encoder.inputs.categories.items()
        for text in texts
    }
    for column, at in place.items():
        if column in categories:
            name, text = categories[column]
            yield name, text, inputs[:, at] > 0.5
        else:
            yield from ((column, value, inside) for value, inside in _quartiles(inputs[:, at]))


def _quartiles(values: Floats) -> Iterator[tuple[str, Mask]]:
    """Yield ranges that hold about a quarter each; a column of few values has its values instead."""
    distinct = np.unique(values)
    if len(distinct) <= 4:
        yield from ((_number(value), values == value) for value in distinct)
        return
    bounds = np.unique(np.quantile(values, (0.25, 0.5, 0.75), method="inverted_cdf"))
    quarter = np.searchsorted(bounds, values, side="left")
    for q in range(len(bounds) + 1):
        inside = quarter == q
        if inside.any():
            low, high = _number(values[inside].min()), _number(values[inside].max())
            yield f"{low} to {high}", inside


def _number(value: float) -> str:
    if abs(value) < 1e-9:  # what decoding left of zero
        return "0"
    return (f"{value:,.0f}" if 1e4 <= abs(value) < 1e12 else f"{value:.4g}").replace("-", "−")


def _p_value(errors: Floats, inside: Mask, task: Task) -> float:
    """Return the p-value that the examples inside err like the others."""
    here, rest = errors[inside], errors[~inside]
    if task == "classification":
        return fisher(int(here.sum()), len(here), int(errors.sum()), len(errors))
    variance = here.var(ddof=1) / len(here) + rest.var(ddof=1) / len(rest)
    return different(float(here.mean()), float(rest.mean()), float(variance))


def _most_telling(own: list[tuple[_Look, float]]) -> list[tuple[_Look, float]]:
    """Keep a column's order, but only the slices that tell most."""
    limit = sorted(look.p for look, _ in own)[:MOST_SLICES][-1]
    return [(look, p) for look, p in own if look.p <= limit][:MOST_SLICES]


def _slice(look: _Look, p: float, errors: Floats, task: Task) -> Slice:
    here = errors[look.inside]
    error, sd = float(here.mean()), float(here.std())
    interval = error_interval(error, len(here), task, sd if math.isfinite(sd) else None)
    return Slice(look.column, look.value, len(here), error, interval, p)
