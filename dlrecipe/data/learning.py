"""What the training rows teach about the inputs: categories, dates, and what stands for a missing cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.blocks import blocks
from dlrecipe.data.calendar import Calendar
from dlrecipe.data.cardinality import require_few
from dlrecipe.data.inputs import Inputs
from dlrecipe.data.raw import listed
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.plan import Indicator, Missing
    from dlrecipe.data.policies import Policies
    from dlrecipe.data.raw import Coded, Floats, Indices, Numbers, RawTable


def learn_inputs(table: RawTable, rows: Indices, policies: Policies, indicator: Indicator) -> Inputs:
    """Learn categories, dates and fillings from the training rows.

    Under `mean` and `median` a missing number or date becomes that of the column, and a missing text the most
    frequent category (of several the first).

    Args:
        table: The file.
        rows: The training rows.
        policies: What a missing cell does.
        indicator: Columns that get an indicator; true for those with missing cells among the rows.

    Raises:
        DataError: A text column has more than 1,000 categories, a column has no value to learn from, or an
            indicator is asked for where missing cells are not filled in.
    """
    require_few(table)
    counts = {name: _level_counts(coded, rows) for name, coded in table.texts.items()}
    categories = {
        name: tuple(coded.levels[at] for at in np.flatnonzero(counts[name]))
        for name, coded in table.texts.items()
    }
    filled = [name for name in table.names.tolist() if policies.fills(name)]
    fill = _middles(table, rows, policies) if filled else {}
    fill |= {name: float(present[present > 0].argmax()) for name, present in counts.items() if present.any()}
    if empty := [name for name in filled if np.isnan(fill.get(name, np.nan))]:
        raise DataError(
            f"{table.origin}: the training rows have no value at all in {listed(empty)}, so there is nothing "
            f"to fill in. Leave it out: `data.drop: [{', '.join(empty)}]`."
        )
    return Inputs(
        names=table.names,
        categories=categories,
        fill=np.array([fill[name] if policies.fills(name) else np.nan for name in table.names.tolist()]),
        dates=_calendars(table, rows),
        indicators=frozenset(_indicators(table, rows, filled, indicator)),
    )


def _level_counts(coded: Coded, rows: Indices) -> Indices:
    codes = coded.codes[rows]
    return np.bincount(codes[codes >= 0], minlength=len(coded.levels))


def _middles(table: RawTable, rows: Indices, policies: Policies) -> dict[str, float]:
    """Return mean or median of each column of numbers that is filled in; NaN where there is no value."""
    middles: dict[str, float] = {}
    names = table.number_names.tolist()
    for policy in ("mean", "median"):
        at = np.array([place for place, name in enumerate(names) if policies.of(name) == policy], np.int64)
        if at.size:
            values = _middle(table, rows, at, policy)
            middles |= zip([names[place] for place in at], values.tolist(), strict=True)
    return middles


def _middle(table: RawTable, rows: Indices, at: Indices, policy: Missing) -> Floats:
    """Return mean or median of the present values of the columns `at`; NaN where there is none."""
    if isinstance(table.numbers, OnDisk):
        raise DataError(
            f"{table.origin}: `data.missing: {policy}` needs the whole set in memory. Use `drop`, or "
            "`data.stream: false`."
        )
    middle = np.full(len(at), np.nan)
    for columns in blocks(len(at), len(rows)):
        values = table.numbers[np.ix_(rows, at[columns])].astype(np.float64)
        present = ~np.isnan(values).all(axis=0)
        if policy == "median":
            middle[columns][present] = np.nanmedian(values[:, present], axis=0)
        else:
            origin = np.nanmin(values[:, present], axis=0)
            middle[columns][present] = origin + np.nanmean(values[:, present] - origin, axis=0)
    return middle


def _calendars(table: RawTable, rows: Indices) -> dict[str, Calendar]:
    """Return how each date becomes numbers; the time of day counts where a training row has one."""
    calendars: dict[str, Calendar] = {}
    for place, name in enumerate(table.number_names.tolist()):
        if name in table.dates:
            days = _column(table, rows, place)
            days = days[~np.isnan(days)]
            calendars[name] = Calendar(table.dates[name], bool((days != np.floor(days)).any()))
    return calendars


def _indicators(table: RawTable, rows: Indices, filled: list[str], indicator: Indicator) -> list[str]:
    """Return the columns that get an indicator."""
    if indicator is False:
        return []
    if indicator is True:
        return [name for name in filled if _has_gaps(table, rows, name)]
    if useless := [name for name in indicator if name not in filled]:
        raise DataError(
            f"{table.origin}: `data.missing_indicator` names {listed(useless)}, where no missing cell is "
            "filled in. Let `data.missing` fill them in by mean or median, or take them out of the list."
        )
    return list(indicator)


def _has_gaps(table: RawTable, rows: Indices, name: str) -> bool:
    if name in table.texts:
        return bool((table.texts[name].codes[rows] < 0).any())
    place = table.number_names.tolist().index(name)
    return bool(np.isnan(_column(table, rows, place)).any())


def _column(table: RawTable, rows: Indices, place: int) -> Numbers:
    numbers = table.numbers
    return numbers[rows][:, place] if isinstance(numbers, OnDisk) else numbers[rows, place]
