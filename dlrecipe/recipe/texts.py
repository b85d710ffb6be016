"""Figures as words: one place for how the recipe writes them in reasons and notes."""

from __future__ import annotations


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as percent: 0.0312 is `3.1 %`, 0.1 is `10 %`, 0.0004 is `0.04 %`."""
    return f"{_hundredths(fraction, decimals)} %"


def percents(*fractions: float) -> list[str]:
    """Return different fractions as percent, with the decimals it takes to tell them apart."""
    texts: list[str] = []
    for decimals in range(1, 5):
        texts = [percent(fraction, decimals) for fraction in fractions]
        if len(set(texts)) == len(texts):
            break
    return texts


def points(fraction: float) -> str:
    """Return a difference of two fractions as percentage points: 0.1 is `10 points`."""
    figure = _hundredths(fraction)
    return f"{figure} point" if figure == "1" else f"{figure} points"


def count(number: int, noun: str) -> str:
    """Return a number of things: `1 example`, `1,078 examples`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def short(value: float) -> str:
    """Return a loss, rate or lambda with three significant digits, and whole from a thousand on."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def rounded(value: float) -> float:
    """Return `value` with one significant digit: a setting someone would have written by hand."""
    return float(f"{value:.1g}")


def _hundredths(fraction: float, decimals: int = 1) -> str:
    value = 100 * fraction
    if 0.001 <= abs(value) < 0.1:
        return f"{value:.1g}"
    text = f"{round(value, decimals) + 0.0:.{decimals}f}"  # + 0.0: no minus before a zero
    return text.rstrip("0").removesuffix(".")
