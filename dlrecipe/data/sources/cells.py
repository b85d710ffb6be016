"""What single cells of a table mean: numbers, texts, or nothing."""

from __future__ import annotations

import numpy as np
import polars as pl

from dlrecipe.data.raw import Coded

_NO_NUMBER = ("", "na", "n/a", "#n/a", "nan", "null", "none", "?")  # what people write for a missing number
_NO_TEXT = ("", "nan")  # `is_missing_text`: in a text column `NA` may be Namibia


def as_numbers(texts: pl.Series) -> tuple[pl.Series, int | None]:
    """Return texts as float64, missing ones as null, and the index of the first that is no number."""
    numbers = texts.cast(pl.Float64, strict=False)
    if not _unread(texts, numbers).any():
        return numbers, None
    trimmed = texts.str.strip_chars()
    numbers = trimmed.cast(pl.Float64, strict=False)
    wrong = _unread(trimmed, numbers) & ~trimmed.str.to_lowercase().is_in(_NO_NUMBER)
    return numbers, wrong.arg_max() if wrong.any() else None


def as_decimal_commas(texts: pl.Series) -> pl.Series | None:
    """Return texts as float64, a comma in them as the decimal point; None if one is then no number."""
    numbers, wrong = as_numbers(texts.str.replace(r"^(\s*[+-]?\d*),(\d+)", "${1}.${2}"))
    return numbers if wrong is None else None


def as_integers(texts: pl.Series) -> pl.Series | None:
    """Return texts as int64 if every one is a whole number, else None."""
    trimmed = texts.str.strip_chars()
    integers = trimmed.cast(pl.Int64, strict=False)
    return None if integers.null_count() else integers


def as_coded(texts: pl.Series) -> Coded:
    """Return texts, without the blanks around them, as codes of their sorted values."""
    trimmed = texts.str.strip_chars()
    trimmed = trimmed.set(trimmed.str.to_lowercase().is_in(_NO_TEXT), None)
    codes = trimmed.rank("dense").fill_null(0).cast(pl.Int32).to_numpy() - np.int32(1)
    return Coded(codes, tuple(trimmed.drop_nulls().unique().sort().to_list()))


def as_flags(texts: pl.Series) -> pl.Series | None:
    """Return texts as 1.0 (true) and 0.0 (false), missing ones as null; None if there is any other text."""
    words = texts.str.strip_chars().str.to_lowercase()
    flags = words.replace_strict({"true": 1.0, "false": 0.0}, default=None, return_dtype=pl.Float64)
    if flags.null_count() == len(flags) or (flags.is_null() & ~is_missing(texts)).any():
        return None
    return flags


def is_missing(texts: pl.Series) -> pl.Series:
    """Return which texts stand for no value where numbers or dates are meant."""
    return texts.is_null() | texts.str.strip_chars().str.to_lowercase().is_in(_NO_NUMBER)


def _unread(texts: pl.Series, numbers: pl.Series) -> pl.Series:
    return numbers.is_null() & texts.is_not_null()
