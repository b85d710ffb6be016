"""Runs on the screen: their list, and a model's error on a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, say
from dlrecipe.report.layout import columns
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from rich.console import Console

    from dlrecipe.results import Evaluation, Exported, RunList


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


def show_evaluation(evaluation: Evaluation, out: Console | None = None) -> None:
    """Print a model's error with its 95 % interval, and what it was measured on."""
    what = "Test error" if evaluation.data == "test" else f"Error on {evaluation.data}"
    low, high = percents(*evaluation.interval)
    noun = "example" if evaluation.examples == 1 else "examples"
    say(
        out or console(),
        Text.assemble((f"{what}: {percent(evaluation.error)}", "bold"), f", 95 % interval {low} to {high}"),
        Text(f"  {evaluation.examples:,} {noun}, loss {evaluation.loss:.3g}, model of {evaluation.run}"),
    )


def show_export(exported: Exported, out: Console | None = None) -> None:
    """Print where a model was written, and what explains it."""
    size = f"{exported.bytes / 1000:,.0f} kB" if exported.bytes >= 1000 else f"{exported.bytes} bytes"
    say(
        out or console(),
        Text.assemble((exported.file, "bold"), f"  {exported.format}, {size}, model of {exported.run}"),
        Text(f"  {exported.readme} says how to use it"),
    )
