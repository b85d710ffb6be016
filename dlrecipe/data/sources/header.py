"""The first lines of a table of text: its separator, its columns' names, and which seem to be numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = ",;\t"
_SAMPLE = 100  # lines that are looked at to guess which columns hold numbers


def records(content: bytes, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is no blank line with the line it ends on."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    reader = csv.reader(text, delimiter=separator)
    for record in reader:
        if record:
            yield reader.line_num, record


def header_of(content: bytes, path: str) -> tuple[list[str], str]:
    """Return the names in the first line, split at the separator that gives the most of them."""
    try:
        choices = [(next(records(content, separator), (0, []))[1], separator) for separator in _SEPARATORS]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(unreadable(path, content, error)) from error
    names, separator = max(choices, key=lambda choice: len(choice[0]))
    if not names:
        raise DataError(f"{path}: the file holds blank lines only.")
    if any(not character.isprintable() and character not in "\r\n\t" for name in names for character in name):
        raise DataError(f"{path}: the first line holds bytes that are no text. Is this another format?")
    return [name.strip() for name in names], separator


def named(header: list[str], path: str) -> tuple[list[str], list[str]]:
    """Return a name for every column, and those that had to be invented."""
    names = [name or f"column{at}" for at, name in enumerate(header, start=1)]
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise DataError(f"{path}: the header names columns more than once: {listed(repeated)}. Rename them.")
    return names, [name for name, given in zip(names, header, strict=True) if not given]


def look_numeric(content: bytes, separator: str, width: int) -> set[int]:
    """Return the columns whose first cells are all numbers or empty: a guess that saves reading texts."""
    columns = set(range(width))
    try:
        for _, record in islice(records(content, separator), 1, _SAMPLE):
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


def unreadable(path: str, content: bytes, error: Exception) -> str:
    """Say why a file is no table of text, and on which line."""
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
