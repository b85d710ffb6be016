"""Tables of text: `.csv` and `.tsv`, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

import polars as pl

from dlrecipe.data.raw import RawTable, Wanted, listed
from dlrecipe.data.sources import batches
from dlrecipe.data.sources.cells import as_decimal_commas, as_numbers
from dlrecipe.data.sources.files import read_bytes
from dlrecipe.data.sources.frame import table_of
from dlrecipe.data.sources.header import header_of, look_numeric, named, records, unreadable
from dlrecipe.data.sources.roles import DEFAULT_TARGETS, roles_of
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection

_FIRST_ROW = "row 1 is the one below the header"


def read(path: str, wanted: Wanted) -> RawTable:
    """Read a table whose first line names the columns; a column is numeric if all its cells are numbers.

    Raises:
        DataError: The file cannot be read as such a table, or does not have what is wanted.
    """
    table = batches.read(path, wanted, _FIRST_ROW)
    return _read_whole(path, wanted) if table is None else table


def _read_whole(path: str, wanted: Wanted) -> RawTable:
    content = read_bytes(path)
    header, separator = header_of(content, path)
    names, unnamed = named(header, path)
    schema = wanted.schema
    keep = schema.texts | schema.dates.keys() if schema else frozenset[str]()
    labels = {wanted.target, wanted.group, wanted.time, *DEFAULT_TARGETS}
    numeric = look_numeric(content, separator, len(names)) - {
        at for at, name in enumerate(names) if name in keep | labels
    }
    frame = _frame(content, separator, len(names), numeric, path)
    frame.columns = names
    blank = _blank_lines(content, separator) if wanted.unlabelled and _empty(frame).any() else None
    del content  # as large as all the numbers in it
    frame, notes = _without_empty(frame, [name for name in unnamed if name not in wanted.drop], path, blank)
    roles = roles_of(frame.columns, path, wanted)
    frame = frame.select(*roles.inputs, *(name for name in roles.labels if name not in roles.inputs))
    typed, more = _typed(frame, keep | set(roles.labels), separator, path)
    table = table_of(typed, roles, path, wanted, _FIRST_ROW)
    return replace(table, notes=notes + more + table.notes)


def _frame(content: bytes, separator: str, width: int, numeric: set[int], path: str) -> pl.DataFrame:
    """Return the cells of the `numeric` columns as numbers, if all of them are, and all others as texts."""
    types = [pl.Float64 if at in numeric else pl.String for at in range(width)]
    try:
        frame = pl.read_csv(content, separator=separator, schema_overrides=types, infer_schema_length=0)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        if numeric:  # further down there is something else, or the table is none: the slow way tells which
            return _frame(content, separator, width, set(), path)
        _require_rectangle(content, separator, width, path)
        raise DataError(unreadable(path, content, error)) from error
    if frame.width != width or (frame.height and frame[:, -1].null_count()):
        _require_rectangle(content, separator, width, path)
    if frame.height == 0:
        raise DataError(f"{path}: there is a header, but no row below it.")
    return frame


def _require_rectangle(content: bytes, separator: str, width: int, path: str) -> None:
    """Raise if a line has more or fewer cells than the header: a short one looks like empty cells."""
    try:
        for line, record in records(content, separator):
            if len(record) != width:
                raise DataError(
                    f"{path}: line {line} of the file has {len(record)} cells, but the header has {width}. A "
                    f"text that holds {separator!r} must be in double quotes."
                )
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(unreadable(path, content, error)) from error


def _empty(frame: pl.DataFrame) -> pl.Series:
    """Return which rows have no content."""
    return frame.select(pl.all_horizontal(pl.all().is_null())).to_series()


def _blank_lines(content: bytes, separator: str) -> pl.Series:
    """Return which rows are blank lines; one of empty cells is none, and gets a prediction like others."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    below = dropwhile(lambda record: not record, csv.reader(text, delimiter=separator))
    return pl.Series([not record for record in islice(below, 1, None)], dtype=pl.Boolean)


def _without_empty(
    frame: pl.DataFrame, unnamed: list[str], path: str, blank: pl.Series | None
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Drop rows without content, and columns without name and content, as a separator at line ends makes.

    Where `blank` is given, only these rows are dropped.
    """
    notes: list[str] = []
    frame = frame.drop(name for name in unnamed if frame[name].null_count() == frame.height)
    if named := [name for name in unnamed if name in frame.columns]:
        notes.append(
            f"{path}: columns without a name are called {listed(named)}. If one is only a row number, leave "
            f"it out: `data.drop: [{named[0]}]`."
        )
    full = frame.filter(~(_empty(frame) if blank is None else blank))
    if full.height == 0:
        raise DataError(f"{path}: there is a header, but no row with content below it.")
    if empty := frame.height - full.height:
        notes.append(f"{path}: {empty:,} empty lines are skipped and not counted as rows.")
    return full, tuple(notes)


def _typed(
    frame: pl.DataFrame, keep: Collection[str], separator: str, path: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Turn every column of numbers that is not in `keep` into numbers.

    Where cells are not separated by commas, 3,5 is a number, too.
    """
    columns: list[pl.Series] = []
    notes: list[str] = []
    for series in frame:
        if series.dtype == pl.Float64 and series.name not in keep:
            columns.append(series)
            continue
        numbers, wrong = (None, None) if series.name in keep else as_numbers(series)
        if wrong is not None and separator != "," and (commas := as_decimal_commas(series)) is not None:
            numbers, wrong = commas, None
            notes.append(f"{path}: column `{series.name}` has decimal commas; they are read as points.")
        columns.append(series if numbers is None or wrong is not None else numbers)
        if numbers is not None and wrong is not None and 2 * numbers.count() > len(numbers):
            notes.append(
                f"{path}: column `{series.name}` is taken as text, though most of its cells are numbers, "
                f"because of {series[wrong]!r} in row {wrong + 1} ({_FIRST_ROW})."
            )
    return pl.DataFrame(columns), tuple(notes)
