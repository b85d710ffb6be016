"""From a data frame to a `RawTable`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dlrecipe.data.raw import RawTable, Times
from dlrecipe.data.sources.cells import as_coded, as_integers, as_numbers
from dlrecipe.data.sources.dates import TYPED, as_days, find_format, is_typed
from dlrecipe.data.sources.typed import is_supported, is_text, typed_inputs
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Column, Numbers, Wanted
    from dlrecipe.data.sources.roles import Roles

_TURNED = 1024


def table_of(frame: pl.DataFrame, roles: Roles, origin: str, wanted: Wanted, first_row: str) -> RawTable:
    """Return a data frame as a table.

    Raises:
        DataError: A column has a type that cannot be an input, or cells of another one than in training.
    """
    table = RawTable(origin, np.array(roles.inputs), np.empty((len(frame), 0)), first_row=first_row)
    typed = typed_inputs(frame.select(roles.inputs), table, wanted.schema)
    table = replace(
        table,
        numbers=_matrix(typed.numbers, len(frame)),
        texts=typed.texts,
        dates=typed.dates,
        notes=roles.notes + tuple(typed.notes),
    )
    return labelled(table, frame, roles, wanted)


def labelled(table: RawTable, frame: pl.DataFrame, roles: Roles, wanted: Wanted) -> RawTable:
    """Return the table with target, group and time, which are columns of `frame`.

    Raises:
        DataError: The target has a type that cannot be one, or the times cannot be put in order.
    """
    target, group = roles.target, roles.group
    return replace(
        table,
        target=None if target is None else _target(frame[target], table.origin, wanted),
        target_name=target or "",
        group=None if group is None else as_coded(frame[group].cast(pl.String)),
        group_name=group or "",
        time=None if roles.time is None else _times(frame[roles.time], table.origin),
        time_name=roles.time or "",
    )


def _matrix(columns: list[pl.Series], rows: int) -> Numbers:
    """Return columns side by side, null as NaN; float32 where every column is."""
    if not columns:
        return np.empty((rows, 0), np.float32)
    dtype = pl.Float32 if all(column.dtype == pl.Float32 for column in columns) else pl.Float64
    block: Numbers = np.empty((rows, len(columns)), np.float32 if dtype == pl.Float32 else np.float64)
    turn(pl.DataFrame([column.cast(dtype).fill_null(float("nan")) for column in columns]), block)
    return block


def turn(frame: pl.DataFrame, block: Numbers) -> None:
    """Write columns of numbers as rows into `block`, null as NaN."""
    for start in range(0, len(frame), _TURNED):  # a few at a time, within the cache
        block[start : start + _TURNED] = frame[start : start + _TURNED].to_numpy()


def _times(series: pl.Series, origin: str) -> Times:
    if is_typed(series):
        return Times(as_days(series, TYPED)[0].to_numpy(), dated=True)
    numbers, wrong = as_numbers(series.cast(pl.String)) if is_text(series) else (series, None)
    if wrong is None:
        return Times(numbers.cast(pl.Float64).fill_null(float("nan")).to_numpy())
    form, _ = find_format(series.cast(pl.String))
    if form is None:
        raise DataError(
            f"{origin}: `data.time: {series.name}` must be a column of dates or numbers; it holds texts as "
            f"{series[wrong]!r}. Write dates as 2024-01-31."
        )
    return Times(as_days(series, form)[0].fill_null(float("nan")).to_numpy(), dated=True)


def _target(series: pl.Series, origin: str, wanted: Wanted) -> Column:
    """Return the target as int64, float64, booleans, or texts where one cell is no number."""
    if not is_supported(series.dtype):
        raise DataError(
            f"{origin}: the target `{series.name}` has the type {series.dtype}; it must be numbers or texts."
        )
    if series.dtype == pl.Boolean and series.null_count() == 0:
        return series.to_numpy()
    if isinstance(series.dtype, pl.String):
        return _target_of_texts(series, wanted)
    if is_text(series):
        return as_coded(series.cast(pl.String))
    if series.dtype.is_integer() and series.null_count() == 0:
        return series.to_numpy()
    return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _target_of_texts(series: pl.Series, wanted: Wanted) -> Column:
    if wanted.schema is not None and series.name in wanted.schema.texts:
        return as_coded(series)
    integers = as_integers(series)
    if integers is not None:
        return integers.to_numpy()
    numbers, wrong = as_numbers(series)
    if wrong is not None:
        return as_coded(series)
    return numbers.fill_null(float("nan")).to_numpy()
