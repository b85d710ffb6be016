"""Fractions as people write them: `0.05` or `5%`, never an ambiguous `5`."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from numbers import Real

from dlrecipe.config.wording import show

_WRITTEN = re.compile(
    r"\s*(?P<number>[-+]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,3})?)\s*(?P<percent>%?)\s*"
)


def parse_fraction(value: str | float) -> float:
    """Return the fraction that a person meant: `1%` and `0.01` are 0.01, `120%` is 1.2.

    Args:
        value: Text such as `5%` or `0.05`, or a number below 1.

    Returns:
        A finite fraction of at least 0.

    Raises:
        ValueError: The value is no fraction, negative, or a bare number of 1 or more, which may mean a
            percentage as well. The message continues a sentence whose subject is the option or key:
            `must be a fraction such as 0.05 or 5%. Got "many".`
    """
    number, percent = _read(value)
    if number < 0:
        raise ValueError(f"must be at least 0. Got {show(value)}.")
    if number >= 1 and not percent:
        raise ValueError(f"is ambiguous: write {number:g}% or {number * 100:g}%. Got {show(value)}.")
    return number + 0.0  # turns a negative zero into zero


def format_fraction(fraction: float) -> float | str:
    """Return what `parse_fraction` reads back exactly: the number itself, or a percentage from 1 on."""
    return fraction if fraction < 1 else f"{Decimal(repr(fraction)) * 100}%"


def as_float(value: object) -> float:
    """Return a number as a float: NaN for what is none (booleans are none), infinity beyond its range."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:  # an integer of hundreds of digits
        return math.inf


def _read(value: object) -> tuple[float, bool]:
    """Return the number, and whether it was a percentage; the last digit is exact (5.1% is 0.051)."""
    written = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    percent = bool(written and written["percent"])
    number = float(Decimal(written["number"]) / (100 if percent else 1)) if written else as_float(value)
    if not math.isfinite(number):
        raise ValueError(f"must be a fraction such as 0.05 or 5%. Got {show(value)}.")
    return number, percent
