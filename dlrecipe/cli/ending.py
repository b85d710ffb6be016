"""How a command that trains ends: its result, a word on stderr about what is unusual, the exit status."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.status import Status
from dlrecipe.language import noted, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.cli.options import Level
    from dlrecipe.experiments import Run
    from dlrecipe.results import Diagnosis


def end(training: Callable[[], Run], runs: str, *, fail_on: Level | None, as_json: bool) -> Status:
    """Carry a training out, show its result and return the exit status.

    A result that could not be written, as when the disk is full, is shown all the same, before the error.

    Args:
        training: Trains.
        runs: The folder of runs as the user gave it.
        fail_on: The level that must not be high.
        as_json: Whether a program reads stdout.
    """
    from dlrecipe import report
    from dlrecipe.experiments import UnsavedError

    unsaved = None
    try:
        run = training()
    except UnsavedError as error:
        run, unsaved = error.run, error
    answer(run.result, lambda result: report.show_training(result, run.history), as_json=as_json)
    for remark in run.remarks:
        typer.echo(noted(remark), err=True)
    interrupted = run.result.stopped == "interrupted"
    if unsaved is not None:
        _tell(f"Error: {unsaved}")
        _tell(f"The result is shown, but not saved. With more room: {_resume_command(run, runs)}")
        return Status.INTERRUPTED if interrupted else Status.REFUSED
    if interrupted:
        _tell(f"Interrupted and saved. Go on with: {_resume_command(run, runs)}")
        return Status.INTERRUPTED
    if run.result.stopped == "diverged":
        return Status.NO
    return judge(run.result.diagnosis, fail_on)


def judge(diagnosis: Diagnosis, fail_on: Level | None) -> Status:
    """Return `NO`, and say why, when what `--fail-on` names is high."""
    high = [name for name, gap in diagnosis.gaps.items() if gap.level == "high" and fail_on in (name, "any")]
    if high:
        typer.echo(f"--fail-on {fail_on}: " + told(f"{' and '.join(high)} high."), err=True)
        return Status.NO
    if fail_on == "mismatch" and diagnosis.mismatch is None:
        _tell("--fail-on mismatch: without a train-dev error nothing measures mismatch.")
    return Status.DONE


def _resume_command(run: Run, runs: str) -> str:
    words = ["dlrecipe", "resume", run.folder.name]
    return shlex.join(words if runs == "runs" else [*words, "--runs", runs])


def _tell(sentence: str) -> None:
    typer.echo(told(sentence), err=True)
