"""Runs on the screen: their list, and a model's error on a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, error_console, say
from dlrecipe.report.layout import columns
from dlrecipe.report.notes import show_notes
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from rich.console import Console

    from dlrecipe.results import Evaluation, RunList


def show_runs(run_list: RunList, out: Console | None = None) -> None:
    """Print what was tried, a line a run, in the list's order."""
    out = out or console()
    if not run_list.runs:
        say(out, Text("No runs yet. Train one with: dlrecipe train CONFIG"))
        return
    head = [Text(title, "dim") for title in ("run", "status", "dev error", "verdict")]
    rows = [
        [
            Text(run.run, "bold"),
            run.status,
            "" if run.dev_error is None else percent(run.dev_error),
            run.verdict or "",
        ]
        for run in run_list.runs
    ]
    say(out, *columns([head, *rows], "llrl", indent=""))


def show_evaluation(evaluation: Evaluation, out: Console | None = None, err: Console | None = None) -> None:
    """Print a model's error with its 95 % interval, and what it was measured on; notes go to stderr."""
    out = out or console()
    what = "Test error" if evaluation.data == "test" else f"Error on {evaluation.data}"
    low, high = percents(*evaluation.interval)
    noun = "example" if evaluation.examples == 1 else "examples"
    say(
        out,
        Text.assemble((f"{what}: {percent(evaluation.error)}", "bold"), f", 95 % interval {low} to {high}"),
        Text(f"  {evaluation.examples:,} {noun}, loss {evaluation.loss:.3g}, model of {evaluation.run}"),
    )
    if evaluation.looks is not None:
        say(out, Text(f"  {_looks(evaluation.looks)}"))
    show_notes(evaluation.notes, err or error_console())


def _looks(count: int) -> str:
    if count == 1:
        return "the test set was looked at for the first time"
    return f"the test set was looked at {count} times; it stays one as long as no choice depends on it"
