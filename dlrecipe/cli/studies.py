"""How a command of several trainings ends where the user interrupts it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import typer

from dlrecipe.cli.ending import end
from dlrecipe.cli.status import Status
from dlrecipe.language import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlrecipe.cli.options import Level
    from dlrecipe.experiments import Run


def end_study(work: Callable[[], Run], runs: str, *, fail_on: Level | None, as_json: bool) -> Status:
    """Carry several trainings out that end as one does, and return the exit status; see `end`."""
    from dlrecipe.experiments.trials import StudyInterruptedError

    try:
        return end(work, runs, fail_on=fail_on, as_json=as_json)
    except StudyInterruptedError as interrupt:
        tell_how_to_resume(interrupt.study, runs)
        return Status.INTERRUPTED


def resume_seeds(study: Path, runs: str, as_json: bool) -> Status:
    """Go on with an interrupted `train --seeds`, for `dlrecipe resume`."""
    from dlrecipe import experiments, report

    watch = report.watch(study.name, None)
    return end_study(lambda: experiments.resume_seeds(study, watch), runs, fail_on=None, as_json=as_json)


def tell_how_to_resume(study: Path, runs: str) -> None:
    """Say on stderr which command goes on.

    Args:
        study: The study's folder.
        runs: The folder of runs as the user gave it.
    """
    words = ["dlrecipe", "resume", study.name, *(() if runs == "runs" else ("--runs", runs))]
    typer.echo(told(f"Interrupted and saved. Go on with: {shlex.join(words)}"), err=True)
