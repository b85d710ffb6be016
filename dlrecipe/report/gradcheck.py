"""A gradient check on the screen: each point, its blocks, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, error_console, say
from dlrecipe.report.layout import columns
from dlrecipe.report.notes import show_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import GradientCheck, GradientReport

COLOURS = {"great": "green", "look closer": "yellow", "worry": "bold red"}


def show_gradcheck(report: GradientReport, out: Console | None = None, err: Console | None = None) -> None:
    """Print what a gradient check found; its notes go to stderr."""
    out, err = out or console(), err or error_console()
    say(
        out,
        Text.assemble(
            ("Gradient check", "bold"),
            f" of {report.parameters:,} parameters by two-sided differences, epsilon {report.epsilon:g}, "
            f"J over {report.examples:,} examples",
        ),
    )
    for check in report.checks:
        say(out, Text(), *_check(check))
    show_notes(list(dict.fromkeys(note for check in report.checks for note in check.notes)), err)
    say(out, Text(), _last_line(report))


def _check(check: GradientCheck) -> Iterator[Text]:
    place = check.at if check.epoch == 0 else f"{check.at}, {check.epoch} epochs"
    yield Text.assemble(
        (f"{place}: ", "bold"),
        (check.verdict, COLOURS[check.verdict]),
        f", difference {check.difference:.2g}",
    )
    rows: list[list[Cell]] = [[block.name, f"{block.difference:.2g}"] for block in check.blocks]
    yield from columns(rows, "lr")
    if check.verdict != "great":
        yield Text("  where they disagree most")
        worst: list[list[Cell]] = [
            [f"{entry.block}[{', '.join(map(str, entry.index))}]", f"differences {entry.approx:.10g}",
             f"backprop {entry.grad:.10g}"]
            for entry in check.worst
        ]  # fmt: skip
        yield from columns(worst, "lll")


def _last_line(report: GradientReport) -> Text:
    if report.passed:
        return Text("Passed: backprop is right.", "bold green")
    failed = [check for check in report.checks if not check.passed]
    blocks = max(failed[0].blocks, key=lambda block: block.difference)
    return Text(f"Not passed: look at how {blocks.name} is computed.", "bold red")
