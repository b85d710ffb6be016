"""The steps of the loop as rows, for the table while it runs and the one at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.percent import percent
from dlrecipe.report.suggestions import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Start, Step

HEAD = ("", "tried", "train error", "dev error", "", "settings")
JUSTIFY = "rlrrll"


def step_rows(start: Start | None, steps: Iterable[Step]) -> Iterator[list[Cell]]:
    """Yield the table's head, the given config's row, and a row for each step."""
    yield [Text(told(title), "dim") for title in HEAD]
    if start is not None:
        yield ["1", told("the config as given"), percent(start.train_error), percent(start.dev_error), "", ""]
    for number, step in enumerate(steps, 2):
        style = "" if step.kept else "dim"
        cells = (
            str(number),
            step.suggestion,
            "" if step.train_error is None else percent(step.train_error),
            "" if step.dev_error is None else percent(step.dev_error),
        )
        yield [*(Text(cell, style) for cell in cells), _verdict(step), Text(in_one_line(step.patch), "dim")]


def _verdict(step: Step) -> Text:
    """Return `kept` or `reverted`, and why where that is not a plain better or worse."""
    word = "kept" if step.kept else "reverted"
    doubt = "" if step.outcome in {"better", "worse"} else f", {step.outcome}"
    return Text(told(word + doubt), "green" if step.kept else "dim")
