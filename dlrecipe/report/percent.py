"""Fractions as people read them in tables: below each other, with all their decimals."""

from __future__ import annotations

import math

from dlrecipe.language import told
from dlrecipe.recipe.texts import NOT_FINITE, hundredths, told_apart


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as percent: 0.0312 is `3.1 %`, 0.1 is `10.0 %`, 0.00031 is `0.03 %`, 1.2 is `120 %`.

    Args:
        fraction: Any number.
        decimals: At least 1; as of `hundredths`.
    """
    return f"{hundredths(fraction, decimals)} %" if math.isfinite(fraction) else told(NOT_FINITE)


def percents(*fractions: float) -> tuple[str, ...]:
    """Return fractions as percent, with the decimals it takes to tell different ones apart."""
    return told_apart(percent, fractions)


def span(low: object, high: object) -> str:
    """Return an interval in words: `1.5 % to 5.1 %`."""
    return told(f"{low} to {high}")


def sureness(probability: float) -> str:
    """Return a probability in whole percent; never `100 %`, which nothing measured is."""
    if probability >= 0.995:
        return ">99 %"
    return "<1 %" if probability < 0.005 else f"{100 * probability:.0f} %"
