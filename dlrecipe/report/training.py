"""A training on the screen: how it went, its curves, its diagnosis, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.chart import chart
from dlrecipe.report.console import console, error_console, expressible, readable_width, say
from dlrecipe.report.diagnosis import show_diagnosis
from dlrecipe.report.notes import show_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from dlrecipe.results import Epoch, TrainingResult

ENDINGS = {
    "epochs": "all of them done",
    "patience": "stopped early: no better dev error for a while",
    "converged": "converged: the optimiser can go no lower",
    "diverged": "diverged: J grew without bound; this is the last good model",
    "interrupted": "interrupted: this is what it had reached",
}


def show_training(
    result: TrainingResult,
    history: Sequence[Epoch],
    out: Console | None = None,
    err: Console | None = None,
) -> None:
    """Print a training's result; its notes go to stderr.

    Args:
        result: What came of it.
        history: Its evaluations.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    say(out, *_header(result), Text())
    curves = chart(history, readable_width(out), ascii_only=not expressible(out, "⣿│└─"))
    if curves:
        say(out, Text(curves), Text())
    show_notes(result.notes, err)
    show_diagnosis(result.diagnosis, out, err)
    if result.stopped != "interrupted":
        say(out, Text(), Text.assemble(("Next: ", "bold"), (_next(result), "cyan")))


def _header(result: TrainingResult) -> list[Text]:
    epochs = f"epoch {result.best_epoch} of {result.epochs}, {ENDINGS[result.stopped]}"
    J = f"J = {result.cost:.4g}, of which the penalty is {result.penalty:.3g}"
    return [
        Text.assemble((result.run, "bold"), f"  {result.parameters:,} parameters, {result.seconds:.1f} s"),
        Text(f"  {epochs}"),
        Text(f"  {J}"),
    ]


def _next(result: TrainingResult) -> str:
    """The command that this result asks for."""
    commands = [suggestion.command for suggestion in result.diagnosis.suggestions if suggestion.command]
    return commands[0] if commands else f"dlrecipe evaluate {result.run}"
