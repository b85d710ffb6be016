"""What the input columns of a data frame are: numbers, dates or texts.

Truth values are the numbers 0 and 1, spans of time are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from dlrecipe.data.sources.cells import as_coded, as_flags, as_numbers
from dlrecipe.data.sources.dates import TYPED, as_days, find_format, is_typed
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Coded, RawTable, Schema

_TEXTS = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True, slots=True)
class Typed:
    """Columns by what they are.

    Attributes:
        numbers: The columns of numbers, and of dates as days, in their order.
        texts: The others.
        dates: Which of the numbers are dates, and how they were written.
        notes, problems: What was decided, and what cannot be read.
    """

    numbers: list[pl.Series] = field(default_factory=list)
    texts: dict[str, Coded] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def typed_inputs(frame: pl.DataFrame, table: RawTable, schema: Schema | None) -> Typed:
    """Return the columns of a frame as what they are, or as what they were in the training data.

    Args:
        frame: The inputs.
        table: Names file and rows for messages.
        schema: What the columns were in the training data; None for the training data themselves.

    Raises:
        DataError: A column has a type that cannot be an input, or cells of another one than in training.
    """
    typed = Typed()
    for series in map(_in_seconds, frame):
        if not can_be_input(series.dtype):
            typed.problems.append(
                f"{table.origin}: column `{series.name}` has the type {series.dtype}; inputs are numbers, "
                f"texts, dates or booleans. Convert it, or leave it out: `data.drop: [{series.name}]`."
            )
        elif schema is None:
            _learn(typed, series, table)
        else:
            _match(typed, series, table, schema)
    if typed.problems:
        raise DataError(*typed.problems)
    return typed


def is_text(series: pl.Series) -> bool:
    """Whether a column has a type for texts."""
    return isinstance(series.dtype, _TEXTS)


def is_supported(dtype: pl.DataType) -> bool:
    """Whether a column of this type holds numbers, truth values or texts."""
    return dtype.is_numeric() or isinstance(dtype, (*_TEXTS, pl.Boolean, pl.Null))


def can_be_input(dtype: pl.DataType) -> bool:
    """Whether a column of this type can be an input: numbers, texts, truth values, dates or spans of time."""
    return is_supported(dtype) or dtype.is_temporal()


def _in_seconds(series: pl.Series) -> pl.Series:
    """Return spans of time, and times of a day, as seconds; any other column as it is."""
    if isinstance(series.dtype, pl.Duration):
        return series.dt.total_microseconds() / 1e6
    return series.cast(pl.Int64) / 1e9 if isinstance(series.dtype, pl.Time) else series


def _learn(typed: Typed, series: pl.Series, table: RawTable) -> None:
    """Decide what a column of the training data is."""
    if is_typed(series):
        _add_date(typed, series, TYPED)
        return
    if not is_text(series):
        typed.numbers.append(series)
        return
    texts = series.cast(pl.String)
    flags = as_flags(texts)
    if flags is not None:
        typed.numbers.append(flags)
        return
    form, swapped = find_format(texts)
    if form is None:
        typed.texts[series.name] = as_coded(texts)
        return
    _add_date(typed, series, form)
    if swapped:
        typed.notes.append(
            f"{table.origin}: the dates of column `{series.name}` are read as month/day, but all of them "
            "could be day/month as well. Write them as 2024-01-31 to be sure."
        )


def _add_date(typed: Typed, series: pl.Series, form: str) -> None:
    typed.numbers.append(as_days(series, form)[0])
    typed.dates[series.name] = form


def _match(typed: Typed, series: pl.Series, table: RawTable, schema: Schema) -> None:
    """Read a column of another file as what it was in the training data."""
    name = series.name
    if name in schema.texts:
        typed.texts[name] = as_coded(series.cast(pl.String))
        return
    if name in schema.dates:
        column, wrong = as_days(series, schema.dates[name])
        kind = "dates"
        typed.dates[name] = schema.dates[name]
    else:
        column, wrong = _numbers(series)
        kind = "numbers"
    if wrong is not None:
        typed.problems.append(
            f"{table.origin}: column `{name}` holds {kind} in the training data, but {str(series[wrong])!r} "
            f"in {table.row(wrong)}."
        )
    typed.numbers.append(column)


def _numbers(series: pl.Series) -> tuple[pl.Series, int | None]:
    """Return numbers and truth values as numbers, and the index of the first cell that is neither."""
    if is_typed(series):
        return series, (series.is_not_null().arg_max() or 0) if series.count() else None
    if not is_text(series):
        return series, None
    texts = series.cast(pl.String)
    numbers, wrong = as_numbers(texts)
    flags = None if wrong is None else as_flags(texts)
    return (numbers, wrong) if flags is None else (flags, None)
