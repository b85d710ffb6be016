"""A training on the screen: what was trained, its learning curve, its diagnosis, what to type next."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.chart import canvas_for, chart
from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.diagnosis import show_diagnosis

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
    diagnosis = result.diagnosis
    show_diagnosis(replace(diagnosis, notes=(*result.notes, *diagnosis.notes)), out, err)
    command = _next_command(result)
    if command is not None:
        say(out, Text(), Text.assemble((f"{told('Next')}: ", "bold"), (command, "cyan")))


def _header(result: TrainingResult) -> list[Text]:
    facts = told(f"{_count(result.parameters, 'parameter')}, {_duration(result.seconds)}")
    kept = told(f"epoch {result.best_epoch} of {result.epochs} is kept; {_ending(result)}")
    penalty = f", {told(f'of which the penalty is {result.penalty:.3g}')}" if result.penalty else ""
    return [
        Text.assemble((result.run, "bold"), f"  {facts}"),
        Text(f"  {kept}"),
        Text(f"  J = {result.cost:.3g}{penalty}"),
    ]


def _ending(result: TrainingResult) -> str:
    """Return in words why training stopped."""
    settings = result.settings
    return {
        "epochs": "all epochs are done",
        "patience": f"stopped early: no better dev error for {_count(settings.patience or 0, 'epoch')}",
        "converged": "converged: J is at its optimum",
        "diverged": "diverged: J grew without bound, this is the last good model",
        "interrupted": f"interrupted with {_count(settings.epochs - result.epochs, 'epoch')} to go",
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
