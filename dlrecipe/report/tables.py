"""The small answers on the screen: a test error, a list of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, say
from dlrecipe.report.layout import columns
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Evaluation, RunList


def show_evaluation(evaluation: Evaluation, out: Console | None = None) -> None:
    """Print the error on the test part or on a file."""
    out = out or console()
    low, high = percents(*evaluation.interval)
    name = "Test error" if evaluation.data == "test" else f"Error on {evaluation.data}"
    say(
        out,
        Text.assemble((f"{name}: ", "bold"), (percent(evaluation.error), "bold")),
        Text(f"  95 % interval {low} to {high}, from {evaluation.examples:,} examples"),
        Text(f"  loss {evaluation.loss:.4g}, model of {evaluation.run}"),
    )


def show_runs(runs: RunList, out: Console | None = None) -> None:
    """Print what was tried, oldest first."""
    out = out or console()
    if not runs.runs:
        say(out, Text("No runs yet. Train one: dlrecipe train CONFIG"))
        return
    rows: list[list[Cell]] = [[Text(title, "dim") for title in ("run", "status", "dev error", "verdict")]]
    rows += [
        [run.run, run.status, "" if run.dev_error is None else percent(run.dev_error), run.verdict or ""]
        for run in runs.runs
    ]
    say(out, *columns(rows, "llrl", indent=""))
