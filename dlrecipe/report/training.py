"""A training on the screen: what was trained, its learning curve, its diagnosis, what to type next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.chart import canvas_for, chart
from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.diagnosis import show_diagnosis
from dlrecipe.report.notes import show_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from dlrecipe.results import Epoch, TrainingResult


def show_training(
    result: TrainingResult,
    history: Sequence[Epoch],
    out: Console | None = None,
    err: Console | None = None,
) -> None:
    """Print what came of a training; its notes go to stderr.

    Args:
        result: Of the training.
        history: Its evaluations, in their order.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    say(out, *_header(result))
    if history:
        say(out, Text(), Text(chart(history, readable_width(out), canvas=canvas_for(out))))
    say(out, Text())
    show_notes(result.notes, err)
    show_diagnosis(result.diagnosis, out, err)
    command = _next_command(result)
    if command is not None:
        say(out, Text(), Text.assemble(("Next: ", "bold"), (command, "cyan")))


def _header(result: TrainingResult) -> list[Text]:
    penalty = f", of it {result.penalty:.3g} penalty" if result.penalty else ""
    return [
        Text.assemble(
            (result.run, "bold"),
            f": {_count(result.parameters, 'parameter')}, {_count(result.epochs, 'epoch')} in "
            f"{_duration(result.seconds)}; the model of epoch {result.best_epoch} is returned",
        ),
        Text(f"Stopped: {_why(result)}. J = {result.cost:.3g}{penalty}"),
    ]


def _why(result: TrainingResult) -> str:
    """Return in words why training stopped."""
    planned, patience = result.settings.epochs, result.settings.patience
    return {
        "epochs": f"all {_count(planned, 'epoch')} are done",
        "patience": f"no better dev error for {_count(patience or 0, 'epoch')}",
        "converged": "J is at its optimum",
        "diverged": f"J diverged in epoch {result.epochs}",
        "interrupted": f"interrupted in epoch {result.epochs} of {planned}",
    }[result.stopped]


def _next_command(result: TrainingResult) -> str | None:
    """Return the command that goes on from here: the best suggestion's, or the test of a good model."""
    if result.stopped == "interrupted":
        return None
    for suggestion in result.diagnosis.suggestions:
        if suggestion.command is not None:
            return suggestion.command
    if any(gap.level == "high" for gap in result.diagnosis.gaps.values()) or result.stopped == "diverged":
        return None
    return shlex.join(["dlrecipe", "evaluate", result.run])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
