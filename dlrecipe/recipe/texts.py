"""Figures as words: the one place where percent, points and numbers of things are written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_FINITE = "not finite"

NOISE = 1e-9
"""Below this a fraction is what rounding left of zero: one mistake among a billion examples."""


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as percent in a sentence: 0.0312 is `3.1 %`, 0.1 is `10 %`, 0.0004 is `0.04 %`."""
    return f"{_shortened(hundredths(fraction, decimals))} %" if math.isfinite(fraction) else NOT_FINITE


def percents(*fractions: float) -> tuple[str, ...]:
    """Return fractions as percent in a sentence, so that different ones look different."""
    return told_apart(percent, fractions)


def points(fraction: float) -> str:
    """Return a difference of two fractions as percentage points: 0.1 is `10 points`."""
    figure = _shortened(hundredths(fraction))
    return f"{figure} point" if figure == "1" else f"{figure} points"


def hundredths(fraction: float, decimals: int = 1) -> str:
    """Return a hundred times a fraction: 0.1 is `10.0`, 0.00031 is `0.03`, 1.2 is `120`.

    Args:
        fraction: Any finite number; a regression's error may be above 1, a gap below 0.
        decimals: At least 1; from 100 on there is one less. What they would round to zero is shown with its
            first digit.
    """
    value = 100 * fraction if abs(fraction) >= NOISE else 0.0
    if round(abs(value), decimals) >= 100:
        return f"{value:.3g}" if abs(value) >= 1e6 else f"{value:,.{decimals - 1}f}"
    text = f"{value:.{decimals}f}"
    return f"{value:.1g}" if value and float(text) == 0 else text


def told_apart(write: Callable[[float, int], str], fractions: tuple[float, ...]) -> tuple[str, ...]:
    """Return fractions as `write` has them, with the decimals it takes to tell different ones apart."""
    for decimals in range(1, 6):
        texts = tuple(write(fraction, decimals) for fraction in fractions)
        if len(set(texts)) == len(set(fractions)):
            break
    return texts


def count(number: int, noun: str) -> str:
    """Return a number of things: `1 example`, `1,078 examples`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def short(value: float) -> str:
    """Return a loss, rate or lambda with three significant digits, and whole from a thousand on."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def rounded(value: float) -> float:
    """Return `value` with one significant digit: a setting someone would have written by hand."""
    return float(f"{value:.1g}")


def _shortened(figure: str) -> str:
    """Return a figure without zeros at the end of its decimals."""
    return figure.rstrip("0").removesuffix(".") if "." in figure and "e" not in figure else figure
