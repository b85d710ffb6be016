"""All that a report shows, gathered from run folders and their data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.config.differences import defaults_beside, differences
from dlrecipe.errors import DlrecipeError
from dlrecipe.experiments.comparing import compare_opened
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.diagnosing import diagnose_run
from dlrecipe.experiments.examining import examine
from dlrecipe.results import Change, Report, RunReport
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.experiments.run import Run

_LARGEST_ORIGIN = 2**20  # bytes


def gather(runs: Sequence[str | Path] = (), folder: str | Path = "runs") -> Report:
    """Gather what a report of these runs shows.

    Args:
        runs: Paths, names or numbers; none for the newest finished run.
        folder: The folder of runs.

    Raises:
        RunError: There is no such run, or its files are damaged.
        UsageError: A run is named twice, or classifications stand beside regressions.
    """
    opened = [diagnose_run(run, folder) for run in runs] or [diagnose_run(None, folder)]
    comparison = compare_opened(opened) if len(opened) > 1 else None
    return Report(tuple(_report(run) for run in opened), comparison)


def _report(run: Run) -> RunReport:
    folder = RunFolder(run.folder)
    origin = _origin(folder)
    base, changes = _changes(folder, origin)
    try:
        examination, absent = examine(open_dev(run)), ""
    except DlrecipeError as error:
        examination, absent = None, str(error)
    return RunReport(str(run.folder), run.result, run.history, base, changes, origin, examination, absent)


def _origin(folder: RunFolder) -> Mapping[str, object]:
    """Read where the run came from, as a sweep writes it; a file that says nothing is none."""
    file = folder.path / "origin.json"
    try:
        if file.stat().st_size > _LARGEST_ORIGIN:
            return {}
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def _changes(folder: RunFolder, origin: Mapping[str, object]) -> tuple[str, tuple[Change, ...]]:
    """Return what the config is compared with, and how it differs: the parent run's, else the defaults."""
    config = load_config(folder.config)
    base, name = defaults_beside(config), "the defaults"
    parent = origin.get("parent")
    if isinstance(parent, str):
        try:
            beside = RunFolder(folder.path.parent / Path(parent).name)  # whatever the file says, a sibling
            base, name = load_config(beside.config), beside.path.name
        except DlrecipeError:
            pass  # the parent was deleted
    found = differences(base, config)
    return name, tuple(Change(key, before, after) for key, (before, after) in found.items())
