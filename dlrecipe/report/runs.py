"""Runs on the screen: their list, and a model's error on a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.comparison import settings_text
from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.notes import show_notes
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Evaluation, Exported, ReportFile, RunList, RunSummary

HEAD = ("run", "status", "train", "dev", "verdict", "settings")
SHORT = 4  # columns that a narrow screen has room for


def show_runs(run_list: RunList, out: Console | None = None) -> None:
    """Print what was tried, in the list's order: a line a run, on a narrow screen more."""
    out = out or console()
    if not run_list.runs:
        say(out, Text("No runs yet. Train one with: dlrecipe train CONFIG"))
        return
    rows: list[list[Cell]] = [[Text(title, "dim") for title in HEAD]]
    rows += map(_row, run_list.runs)
    lines = list(columns(rows, "llrrll", indent=""))
    if out.is_terminal and any(line.cell_len > out.width for line in lines):
        lines = list(_narrow(run_list, rows, readable_width(out)))
    say(out, *lines)


def _narrow(run_list: RunList, rows: Sequence[Sequence[Cell]], width: int) -> Iterator[Text]:
    """Yield the first columns, and what there is no room for below each run."""
    head, *lines = columns([row[:SHORT] for row in rows], "llrr", indent="")
    yield head
    for run, line in zip(run_list.runs, lines, strict=True):
        yield line
        rest = "; ".join(filter(None, (run.verdict, settings_text(run.settings))))
        if rest:
            yield paragraph(rest, width, "dim", first="  ", rest="  ")


def _row(run: RunSummary) -> list[Cell]:
    errors = ["" if error is None else percent(error) for error in (run.train_error, run.dev_error)]
    return [Text(run.run, "bold"), run.status, *errors, run.verdict or "", settings_text(run.settings)]


def show_report_file(written: ReportFile, out: Console | None = None) -> None:
    """Print where a report is."""
    say(out or console(), Text.assemble((f"{told('Report')}: ", "bold"), written.report))


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
    return (
        f"the test set was looked at {count} times; it stays a fair test as long as no choice depends on it"
    )


def show_export(exported: Exported, out: Console | None = None) -> None:
    """Print where a model was written, and what explains it."""
    size = f"{exported.bytes / 1000:,.0f} kB" if exported.bytes >= 1000 else f"{exported.bytes} bytes"
    say(
        out or console(),
        Text.assemble((exported.file, "bold"), f"  {exported.format}, {size}, model of {exported.run}"),
        Text(f"  {exported.readme} says how to use it"),
    )
