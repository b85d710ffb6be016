"""Tables of text: `.csv` and `.tsv`, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv

import polars as pl

from dlrecipe.data.raw import RawTable, Wanted, listed
from dlrecipe.data.sources import batches
from dlrecipe.data.sources.cells import as_numbers
from dlrecipe.data.sources.files import read_bytes
from dlrecipe.data.sources.frame import DEFAULT_TARGETS, table_of, target_name
from dlrecipe.data.sources.header import header_of, look_numeric, named, records, unreadable
from dlrecipe.errors import DataError

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
    texts = wanted.schema.texts if wanted.schema else frozenset[str]()
    keep = texts | set(DEFAULT_TARGETS) | {name for name in (wanted.target, wanted.group) if name}
    numeric = look_numeric(content, separator, len(names)) - {
        at for at, name in enumerate(names) if name in keep
    }
    frame = _frame(content, separator, len(names), numeric, path)
    del content  # as large as all the numbers in it
    frame.columns = names
    frame, notes = _without_empty(frame, unnamed, path)
    target = target_name(frame.columns, path, wanted)
    typed, more = _typed(frame, texts | {name for name in (target, wanted.group) if name}, path)
    return table_of(typed, path, wanted, _FIRST_ROW, notes + more)


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


def _without_empty(
    frame: pl.DataFrame, unnamed: list[str], path: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Drop blank lines, and the columns without name and content that a separator at line ends makes."""
    notes: list[str] = []
    frame = frame.drop(name for name in unnamed if frame[name].null_count() == frame.height)
    if named := [name for name in unnamed if name in frame.columns]:
        notes.append(
            f"{path}: columns without a name are called {listed(named)}. If one is only a row number, leave "
            "it out."
        )
    full = frame.filter(~pl.all_horizontal(pl.all().is_null()))
    if full.height == 0:
        raise DataError(f"{path}: there is a header, but no row with content below it.")
    if empty := frame.height - full.height:
        notes.append(f"{path}: {empty:,} empty lines are skipped and not counted as rows.")
    return full, tuple(notes)


def _typed(frame: pl.DataFrame, keep: frozenset[str], path: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Turn every column of numbers that is not in `keep` into numbers."""
    columns: list[pl.Series] = []
    notes: list[str] = []
    for series in frame:
        if series.dtype == pl.Float64 and series.name not in keep:
            columns.append(series)
            continue
        numbers, wrong = (None, None) if series.name in keep else as_numbers(series)
        columns.append(series if numbers is None or wrong is not None else numbers)
        if numbers is not None and wrong is not None and 2 * numbers.count() > len(numbers):
            notes.append(
                f"{path}: column `{series.name}` is taken as text, though most of its cells are numbers, "
                f"because of {series[wrong]!r} in row {wrong + 1} ({_FIRST_ROW})."
            )
    return pl.DataFrame(columns), tuple(notes)
