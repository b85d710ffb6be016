"""Tables of text: `.csv` and `.tsv`, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from dlrecipe.data.raw import RawTable, Wanted, listed
from dlrecipe.data.sources.cells import as_numbers
from dlrecipe.data.sources.files import read_bytes
from dlrecipe.data.sources.frame import DEFAULT_TARGETS, table_of, target_name
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_ROW = "row 1 is the one below the header"
_SEPARATORS = ",;\t"
_SAMPLE = 100  # lines that are looked at to guess which columns hold numbers


def read(path: str, wanted: Wanted) -> RawTable:
    """Read a table whose first line names the columns; a column is numeric if all its cells are numbers.

    Raises:
        DataError: The file cannot be read as such a table, or does not have what is wanted.
    """
    content = read_bytes(path)
    header, separator = _header(content, path)
    names, unnamed = _names(header, path)
    texts = wanted.schema.texts if wanted.schema else frozenset[str]()
    keep = texts | set(DEFAULT_TARGETS) | {name for name in (wanted.target, wanted.group) if name}
    numeric = _looks_numeric(content, separator, len(names)) - {
        at for at, name in enumerate(names) if name in keep
    }
    frame = _frame(content, separator, len(names), numeric, path)
    del content  # as large as all the numbers in it
    frame.columns = names
    frame, notes = _without_empty(frame, unnamed, path)
    target = target_name(frame.columns, path, wanted)
    typed, more = _typed(frame, texts | {name for name in (target, wanted.group) if name}, path)
    return table_of(typed, path, wanted, _FIRST_ROW, notes + more)


def _records(content: bytes, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is no blank line with the line it ends on."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    reader = csv.reader(text, delimiter=separator)
    for record in reader:
        if record:
            yield reader.line_num, record


def _header(content: bytes, path: str) -> tuple[list[str], str]:
    """Return the names in the first line, split at the separator that gives the most of them."""
    try:
        choices = [(next(_records(content, separator), (0, []))[1], separator) for separator in _SEPARATORS]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(_unreadable(path, content, error)) from error
    names, separator = max(choices, key=lambda choice: len(choice[0]))
    if not names:
        raise DataError(f"{path}: the file holds blank lines only.")
    if any(not character.isprintable() and character not in "\r\n\t" for name in names for character in name):
        raise DataError(f"{path}: the first line holds bytes that are no text. Is this another format?")
    return [name.strip() for name in names], separator


def _names(header: list[str], path: str) -> tuple[list[str], list[str]]:
    """Return a name for every column, and those that had to be invented."""
    names = [name or f"column{at}" for at, name in enumerate(header, start=1)]
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise DataError(f"{path}: the header names columns more than once: {listed(repeated)}. Rename them.")
    return names, [name for name, given in zip(names, header, strict=True) if not given]


def _looks_numeric(content: bytes, separator: str, width: int) -> set[int]:
    """Return the columns whose first cells are all numbers or empty: a guess that saves reading texts."""
    columns = set(range(width))
    try:
        for _, record in islice(_records(content, separator), 1, _SAMPLE):
            columns -= {at for at, cell in enumerate(record) if cell and not _is_number(cell)}
    except (UnicodeDecodeError, csv.Error):
        return set()
    return columns


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def _frame(content: bytes, separator: str, width: int, numeric: set[int], path: str) -> pl.DataFrame:
    """Return the cells of the `numeric` columns as numbers, if all of them are, and all others as texts."""
    types = [pl.Float64 if at in numeric else pl.String for at in range(width)]
    try:
        frame = pl.read_csv(content, separator=separator, schema_overrides=types, infer_schema_length=0)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        if numeric:  # further down there is something else, or the table is none: the slow way tells which
            return _frame(content, separator, width, set(), path)
        _require_rectangle(content, separator, width, path)
        raise DataError(_unreadable(path, content, error)) from error
    if frame.width != width or (frame.height and frame[:, -1].null_count()):
        _require_rectangle(content, separator, width, path)
    if frame.height == 0:
        raise DataError(f"{path}: there is a header, but no row below it.")
    return frame


def _require_rectangle(content: bytes, separator: str, width: int, path: str) -> None:
    """Raise if a line has more or fewer cells than the header: a short one looks like empty cells."""
    try:
        for line, record in _records(content, separator):
            if len(record) != width:
                raise DataError(
                    f"{path}: line {line} of the file has {len(record)} cells, but the header has {width}. A "
                    f"text that holds {separator!r} must be in double quotes."
                )
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(_unreadable(path, content, error)) from error


def _unreadable(path: str, content: bytes, error: Exception) -> str:
    try:
        content.decode()
    except UnicodeDecodeError as exact:
        line = content.count(b"\n", 0, exact.start) + 1
        return (
            f"{path}: line {line} of the file holds bytes that are no UTF-8 text "
            f"({content[exact.start]:#04x}). Save it as UTF-8."
        )
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"{path}: this is no readable table ({reason}). Is a double quote left open?"


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
