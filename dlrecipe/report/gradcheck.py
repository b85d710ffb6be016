"""A gradient check on the screen: how far off, in which block, and what to look at."""

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

STYLES = {"great": "green", "look closer": "yellow", "worry": "bold red"}
WORRY = 1e-5
"""A relative difference above this is a wrong derivative rather than rounding."""
SHOWN = 5
"""Entries that are listed of those that disagree most."""


def show_gradcheck(report: GradientReport, out: Console | None = None, err: Console | None = None) -> None:
    """Print what a gradient check found; its notes go to stderr.

    Args:
        report: Of all points that were checked.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    head = f"Gradient check: {report.parameters:,} parameters, {report.examples:,} examples, "
    say(out, Text(f"{head}epsilon {report.epsilon:g}, method {report.method}"), Text())
    say(out, *columns(list(_differences(report.checks)), "l" + "r" * len(report.checks)))
    for check in report.checks:
        if check.verdict != "great" and check.worst:
            say(out, Text(), Text(f"Largest disagreements {_point(check)}"))
            say(out, *columns(list(_worst(check)), "lrr"))
    show_notes(list(dict.fromkeys(note for check in report.checks for note in check.notes)), err)
    say(out, Text(), _conclusion(report))


def _differences(checks: tuple[GradientCheck, ...]) -> Iterator[list[Cell]]:
    """Yield the table: a column for each point, a row for each block after the overall one."""
    yield [Text("relative difference", "dim"), *(Text(_point(check), "dim") for check in checks)]
    for blocks in zip(*(check.blocks for check in checks), strict=True):
        yield [blocks[0].name, *(f"{block.difference:.1e}" for block in blocks)]
    yield [Text("all", "bold"), *(Text(f"{check.difference:.1e}", "bold") for check in checks)]
    yield ["", *map(_verdict, checks)]


def _verdict(check: GradientCheck) -> Text:
    if check.verdict == "worry" and check.passed:
        return Text("rounding only", "yellow")
    return Text(check.verdict, STYLES[check.verdict])


def _worst(check: GradientCheck) -> Iterator[list[Cell]]:
    yield [Text(title, "dim") for title in ("entry", "two-sided", "backprop")]
    for entry in check.worst[:SHOWN]:
        index = ", ".join(map(str, entry.index))
        yield [f"{entry.block}[{index}]", f"{entry.approx:.6g}", f"{entry.grad:.6g}"]


def _point(check: GradientCheck) -> str:
    if check.at == "initialization":
        return "at initialization"
    return f"after {check.epoch} epoch{'s' * (check.epoch != 1)}"


def _conclusion(report: GradientReport) -> Text:
    """Return one line: passed, or the blocks to look at, the worst first."""
    failed = [check for check in report.checks if not check.passed]
    if not failed and not report.passed:
        agree = "where it could be checked, backprop and the two-sided differences agree"
        return Text(f"Failed: training diverged; {agree}.", "bold red")
    if not failed:
        closer = any(check.verdict == "look closer" for check in report.checks)
        doubt = ", though not to the last digit: look closer at the largest differences" if closer else ""
        return Text(f"Passed: backprop and the two-sided differences agree{doubt}.", "bold green")
    worst: dict[str, float] = {}
    for check in failed:
        for block in check.blocks:
            worst[block.name] = max(block.difference, worst.get(block.name, 0.0))
    suspects = sorted((name for name in worst if not worst[name] <= WORRY), key=lambda name: -worst[name])
    where = f": look at {', '.join(suspects)}" if suspects else ""
    return Text(f"Failed: backprop and the two-sided differences disagree{where}.", "bold red")
