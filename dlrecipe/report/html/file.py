"""From runs to a report's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.experiments import gather
from dlrecipe.report.html.page import render
from dlrecipe.results import ReportFile

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "report.html"


def write_report(
    runs: Sequence[str | Path] = (), folder: str | Path = "runs", out: str | Path | None = None
) -> ReportFile:
    """Write a report of runs into one HTML file that shows itself without a network.

    Args:
        runs: Paths, names or numbers; none for the newest finished run.
        folder: The folder of runs.
        out: The file; by default `report.html` in the run's folder, of several runs in the folder of runs.

    Raises:
        RunError: There is no such run, its files are damaged, or the report cannot be written.
        UsageError: A run is named twice, or classifications stand beside regressions.
    """
    report = gather(runs, folder)
    names = tuple(run.run for run in report.runs)
    file = Path(out) if out is not None else Path(names[0] if len(names) == 1 else folder) / NAME
    try:
        file.write_text(render(report), encoding="utf-8", newline="\n")
    except OSError as error:
        raise RunError(f"The report cannot be written to {file}: {error.strerror or error}.") from error
    return ReportFile(str(file), names)
