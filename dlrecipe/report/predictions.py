"""Predictions on the screen: where they are, and what they say in sum."""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.layout import paragraph
from dlrecipe.report.notes import show_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from dlrecipe.results import Predictions

_MOST_CLASSES = 10


def show_predictions(result: Predictions, out: Console | None = None, err: Console | None = None) -> None:
    """Print where the predictions went, and how they are spread; notes go to stderr."""
    out = out or console()
    made = [value for value in result.predictions if value is not None]
    noun = "prediction" if len(made) == 1 else "predictions"
    say(out, Text.assemble((f"{len(made):,} {noun}", "bold"), f" of {result.run} in {result.out}"))
    say(out, paragraph(_spread(result, made), readable_width(out), first="  ", rest="  "))
    show_notes(result.notes, err or error_console())


def _spread(result: Predictions, made: Sequence[object]) -> str:
    if result.task == "regression":
        values = [float(value) for value in made if isinstance(value, int | float)]
        return f"from {min(values):.4g} to {max(values):.4g}, {fmean(values):.4g} on average"
    counts = Counter(made).most_common()
    shown = ", ".join(f"{label}: {count:,}" for label, count in counts[:_MOST_CLASSES])
    rest = len(counts) - _MOST_CLASSES
    return shown if rest <= 0 else f"{shown} and {rest:,} more classes"
