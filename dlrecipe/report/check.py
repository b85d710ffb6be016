"""What `check` found, on one page: problems first, each with the line to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, readable_width, say
from dlrecipe.report.layout import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.results import CheckReport, Finding

HEADINGS = {"problem": "Problems", "warning": "Warnings", "info": "Good to know"}
STYLES = {"problem": "bold red", "warning": "yellow", "info": "dim"}
INDENT = "    "


def show_check(report: CheckReport, out: Console | None = None) -> None:
    """Print the findings, the gravest first, and whether the check passed.

    Args:
        report: What was found.
        out: Where to; by default, stdout.
    """
    out = out or console()
    width = readable_width(out)
    say(out, Text(f"Before training on {report.data}", "bold"))
    for level, heading in HEADINGS.items():
        found = [finding for finding in report.findings if finding.level == level]
        if found:
            say(out, Text(), Text(heading, STYLES[level]))
            for finding in found:
                say(out, *_lines(finding, width))
    say(out, Text(), _conclusion(report))


def _lines(finding: Finding, width: int) -> Iterator[Text]:
    mark = {"problem": "x", "warning": "!", "info": "-"}[finding.level]
    yield paragraph(finding.title, width, "bold", first=f"  {mark} ", rest=INDENT)
    yield paragraph(finding.because, width, first=INDENT, rest=INDENT)
    if finding.fix is not None:
        yield Text(f"{INDENT}Fix: {finding.fix}", "cyan")


def _conclusion(report: CheckReport) -> Text:
    counts = {level: sum(finding.level == level for finding in report.findings) for level in HEADINGS}
    warnings = f"{counts['warning']} warning{'s' * (counts['warning'] != 1)}"
    if report.passed:
        return Text(f"Passed: no problem, {warnings}.", "bold green")
    problems = f"{counts['problem']} problem{'s' * (counts['problem'] != 1)}"
    return Text(f"Failed: {problems}, {warnings}.", "bold red")
