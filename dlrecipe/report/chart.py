"""The learning curve in the terminal: J, and the train and dev error, over the epochs."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.report.canvas import Ascii, Braille
from dlrecipe.report.console import expressible
from dlrecipe.report.curves import Panel, draw
from dlrecipe.report.layout import excess
from dlrecipe.report.percent import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from dlrecipe.report.canvas import Canvas
    from dlrecipe.results import Epoch

ROWS = 8
GAP = 3
NARROW = 70
"""Below this width the panels stand above each other."""


def chart(
    history: Sequence[Epoch], width: int = 100, height: int = ROWS, *, canvas: type[Canvas] = Braille
) -> str:
    """Draw the learning curve: dev solid (`*` in ASCII), train dotted (`o`), both named at their ends.

    Args:
        history: At least one evaluation; what is not finite is left out, and the title says so.
        width: Columns of a line, at least 30.
        height: Rows of each panel.
        canvas: `Braille`, or `Ascii` for streams that cannot write it.

    Returns:
        Lines without colour. A scale is logarithmic, and says so, where values span more than two decades.
    """
    cost, errors = _panels(history)
    if width < NARROW:
        return "\n".join([*draw(cost, width, height, canvas), "", *draw(errors, width, height, canvas)])
    half = (width - GAP) // 2
    left, right = draw(cost, half, height, canvas), draw(errors, half, height, canvas)
    pairs = zip_longest(left, right, fillvalue="")
    return "\n".join(f"{one:<{half + GAP - excess(one)}}{other}".rstrip() for one, other in pairs)


def canvas_for(console: Console) -> type[Canvas]:
    """Return what the console's stream can write."""
    return Braille if expressible(console, "⣿│└─") else Ascii


def _panels(history: Sequence[Epoch]) -> tuple[Panel, Panel]:
    epochs = [record.epoch for record in history]
    errors = {
        told("dev"): [record.dev_error for record in history],
        told("train"): [record.train_error for record in history],
    }
    cost = {"J": [record.cost for record in history]}
    return (
        Panel(told("cost J"), epochs, cost, "{:.3g}".format, across=told("epoch")),
        Panel(told("error"), epochs, errors, percent, 0.0, across=told("epoch")),
    )
