"""Dates in tables: as days since 1970-01-01, whatever way they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dlrecipe.data.sources.cells import is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPED = ""
"""How a file writes dates whose columns have a type of their own."""

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%y", "%m/%d/%y", "%d/%m/%y")
_WORDS = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y")
_CLOCKS = (" %H:%M", " %H:%M:%S%.f", "T%H:%M", "T%H:%M:%S%.f")
_ZONED = ("%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z")
_EARLIEST = 1000  # a year of fewer digits is a two-digit year, or no date at all
_TWO_DIGITS = r"^\s*\d\d\D\d\d\D\d\d\b"  # what dates with such years look like; 1.5.7 is a version
_MICROSECONDS = 86_400_000_000.0  # in a day
_SAMPLE = 100


def find_format(texts: pl.Series) -> tuple[str | None, str | None]:
    """Return how all texts can be read as dates, and another way that would fit them as well; None if none.

    Where day and month could be swapped, the month is first, as the other way is rarer in files.
    """
    written = texts.str.strip_chars().filter(~is_missing(texts))
    some = written.head(_SAMPLE)
    if not len(some):
        return None, None
    fitting = [form for form in _formats() if not _parsed(some, form).null_count()]
    fitting = [form for form in fitting if not _parsed(written, form).null_count()]
    if not fitting:
        return None, None
    swapped = fitting[0].replace("%m/%d/", "%d/%m/")
    return fitting[0], swapped if swapped != fitting[0] and swapped in fitting else None


def as_days(column: pl.Series, form: str) -> tuple[pl.Series, int | None]:
    """Return dates as days since 1970-01-01 (UTC), float64, and the index of the first that is none.

    Args:
        column: Dates as a type of their own, or as texts.
        form: How the texts are written; a column with the type needs none.
    """
    if is_typed(column):
        return _days(column), None
    texts = column.cast(pl.String).str.strip_chars()
    form = form or find_format(texts)[0] or _DAYS[0]
    moments = _parsed(texts, form)
    wrong = moments.is_null() & ~is_missing(texts)
    return _days(moments), wrong.arg_max() if wrong.any() else None


def is_typed(column: pl.Series) -> bool:
    """Whether a column has the type of dates."""
    return isinstance(column.dtype, pl.Date | pl.Datetime)


def _formats() -> Iterator[str]:
    for day in (*_DAYS, *_WORDS):
        yield day
    for day in _DAYS:
        for clock in _CLOCKS:
            yield day + clock
    yield from _ZONED


def _parsed(texts: pl.Series, form: str) -> pl.Series:
    moments = texts.str.strptime(pl.Datetime("us"), form, strict=False)
    if "%y" in form:
        moments = moments.set(~texts.str.contains(_TWO_DIGITS).fill_null(value=False), None)
    return moments.set(moments.dt.year() < _EARLIEST, None)


def _days(moments: pl.Series) -> pl.Series:
    return moments.dt.timestamp("us") / _MICROSECONDS
