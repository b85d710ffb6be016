"""Fractions as people read them: the one place where percent is written."""

from __future__ import annotations

import math

from dlrecipe.language import told

NOISE = 1e-9
"""Below this a fraction is what rounding left of zero: one mistake among a billion examples."""


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as percent: 0.0312 is `3.1 %`, 0.00031 is `0.03 %`, 1.2 is `120 %`.

    Args:
        fraction: Any number; a regression's error may be above 1, a gap below 0.
        decimals: At least 1; from 100 % on there is one less. What they would round to zero is shown with
            its first digit.
    """
    if not math.isfinite(fraction):
        return told("not finite")
    value = 100 * fraction if abs(fraction) >= NOISE else 0.0
    if round(abs(value), decimals) >= 100:
        return f"{value:.3g} %" if abs(value) >= 1e6 else f"{value:,.{decimals - 1}f} %"
    text = f"{value:.{decimals}f}"
    return f"{value:.1g} %" if value and float(text) == 0 else f"{text} %"


def percents(*fractions: float) -> tuple[str, ...]:
    """Return fractions as percent, with the decimals it takes to tell different ones apart."""
    for decimals in range(1, 6):
        texts = tuple(percent(fraction, decimals) for fraction in fractions)
        if len(set(texts)) == len(set(fractions)):
            break
    return texts


def span(low: object, high: object) -> str:
    """Return an interval in words: `1.5 % to 5.1 %`."""
    return told(f"{low} to {high}")


def sureness(probability: float) -> str:
    """Return a probability in whole percent; never `100 %`, which nothing measured is."""
    if probability >= 0.995:
        return ">99 %"
    return "<1 %" if probability < 0.005 else f"{100 * probability:.0f} %"
