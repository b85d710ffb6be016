"""Which run is meant, and what state it is in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.results import RunSummary
from dlrecipe.runs.folder import NUMBERED, RunFolder, is_ours
from dlrecipe.runs.folders import all_folders, folders
from dlrecipe.runs.lock import is_locked
from dlrecipe.runs.result import read_result
from dlrecipe.runs.settings import by_key

if TYPE_CHECKING:
    from dlrecipe.results.runs import Status

FINISHED: tuple[Status, ...] = ("finished", "diverged")
UNFINISHED: tuple[Status, ...] = ("interrupted",)


def status(folder: RunFolder) -> Status:
    """What became of a run, judged from its lock and its files."""
    return summarize(folder).status


def summarize(folder: RunFolder) -> RunSummary:
    """A run as one line of a list."""
    run = str(folder.path)
    if is_locked(folder.lock):
        return RunSummary(run, "running", None, None)
    if not folder.result.exists():
        return RunSummary(run, "interrupted", None, None)
    try:
        result = read_result(folder.result)
    except RunError:
        return RunSummary(run, "failed", None, None)
    state: Status = "diverged" if result.stopped == "diverged" else "finished"
    verdict = result.diagnosis.verdict
    return RunSummary(run, state, result.dev.error, verdict, result.train.error, by_key(result.settings))


def list_runs(runs: Path) -> list[RunSummary]:
    """Every run, oldest first."""
    return [summarize(folder) for folder in folders(runs)]


def newest(runs: Path, wanted: tuple[Status, ...] = FINISHED) -> RunFolder:
    """The newest run in one of the wanted states.

    Raises:
        RunError: There is none, or a newer one cannot be read: an older one's answer would be taken for its.
    """
    for folder in reversed(folders(runs)):
        found = status(folder)
        if found in wanted:
            return folder
        if found == "failed" and "finished" in wanted:
            read_result(folder.result)
    kind = "finished" if "finished" in wanted else "interrupted"
    raise RunError(f"There is no {kind} run under {runs}. Train one: dlrecipe train CONFIG --runs {runs}")


def find_run(run: str | Path | int | None, runs: Path, wanted: tuple[Status, ...] = FINISHED) -> RunFolder:
    """The run that is meant.

    Args:
        run: A path, a run's name (`digits-0003`) or its number; None for the newest wanted one.
        runs: The folder of runs.
        wanted: States that count where none is named.

    Raises:
        RunError: There is no such run.
    """
    if run is None:
        return newest(runs, wanted)
    name = str(run)
    if is_ours(Path(name)):
        return RunFolder(Path(name))
    number = int(name) if name.isdecimal() else None
    for folder in all_folders(runs):
        found = NUMBERED.match(folder.path.name)
        if folder.path.name == name or (found and int(found["number"]) == number):
            return folder
    known = ", ".join(folder.path.name for folder in folders(runs)[-5:]) or "none"
    raise RunError(f"There is no run {name!r}, as a path or under {runs}. The newest there: {known}.")
