"""The loop at its end: its path, what it gained, what the dev set can still tell, what a human can do."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.choice import cost_of_choosing
from dlrecipe.report.console import console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.percent import percents
from dlrecipe.report.steps import JUSTIFY, step_rows
from dlrecipe.report.suggestions import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.results import Improvement, Step


def show_improvement(improvement: Improvement, out: Console | None = None) -> None:
    """Print what the loop did.

    Args:
        improvement: Its result.
        out: Where to; by default, stdout.
    """
    out = out or console()
    width = readable_width(out)
    rows = list(step_rows(improvement.start, improvement.steps))
    say(out, _headline(improvement), Text(), *columns(rows, JUSTIFY))
    if improvement.steps:
        say(out, Text(), Text(told("Why"), "bold"), *_reasons(improvement.steps, width))
    say(out, Text(), *_best(improvement, width))
    if improvement.next:
        say(out, Text(), Text(told("What only you can do"), "bold"))
        for number, sentence in enumerate(improvement.next, 1):
            say(out, paragraph(told(sentence), width, first=f"{number:>3}. ", rest="     "))
    say(out, Text(), Text.assemble((f"{told('Next')}: ", "bold"), (_next_command(improvement), "cyan")))


def _headline(improvement: Improvement) -> Text:
    before, after = percents(improvement.start.dev_error, improvement.dev_error)
    gain = f"dev error {before} -> {after}" if before != after else f"dev error {after}, as before"
    trainings = "1 training" if improvement.trainings == 1 else f"{improvement.trainings} trainings"
    cost = f"in {trainings}, {improvement.seconds:.3g} s. {improvement.reason}"
    return Text.assemble((told(gain), "bold"), f" {told(cost)}")


def _reasons(steps: tuple[Step, ...], width: int) -> Iterator[Text]:
    for number, step in enumerate(steps, 2):
        word = "Kept" if step.kept else "Reverted"
        text = f"{step.because} {word}: {step.reason}"
        yield paragraph(told(text), width, "" if step.kept else "dim", first=f"{number:>3}. ", rest="     ")


def _best(improvement: Improvement, width: int) -> Iterator[Text]:
    yield Text.assemble(f"{told('Best')}: ", (improvement.best, "bold"), f"  {told(improvement.verdict)}")
    changes = in_one_line(improvement.changes) or told("none: nothing was better than the config as given")
    yield paragraph(f"{told('Changes')}: {changes}", width, first="  ", rest="    ")
    yield Text(f"  {told('Config')}: {improvement.best_config}")
    honesty = improvement.honesty
    if honesty is not None:
        rest = "What is within noise above, this dev set cannot tell; only more dev examples can."
        text = f"{cost_of_choosing(improvement.dev_error, honesty)} {rest}"
        yield paragraph(told(text), width, first="  ", rest="  ")


def _next_command(improvement: Improvement) -> str:
    return shlex.join(["dlrecipe", "evaluate", improvement.best])
