"""All that a report shows, gathered from run folders and their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.config.differences import defaults_beside, differences
from dlrecipe.errors import DlrecipeError
from dlrecipe.experiments.comparing import compare_opened
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.diagnosing import diagnose_run
from dlrecipe.experiments.examining import examine
from dlrecipe.results import Change, Report, RunReport
from dlrecipe.runs import RunFolder, read_origin
from dlrecipe.runs.folders import all_folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dlrecipe.experiments.run import Run
    from dlrecipe.runs import Origin


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
    origin = read_origin(folder)
    base, changes = _changes(folder, origin)
    try:
        examination, absent = examine(open_dev(run)), ""
    except DlrecipeError as error:
        examination, absent = None, str(error)
    return RunReport(
        run=str(run.folder),
        result=run.result,
        history=run.history,
        base=base,
        changes=changes,
        origin={} if origin is None else {"study": origin.study, "trial": origin.trial},
        examination=examination,
        absent=absent,
    )


def _changes(folder: RunFolder, origin: Origin | None) -> tuple[str, tuple[Change, ...]]:
    """Return what the config is compared with, and how it differs: its study's, else the defaults."""
    config = load_config(folder.config)
    base, name = defaults_beside(config), "the defaults"
    study = _study(folder, origin)
    if study is not None:
        base, name = load_config(study.config), study.path.name
    found = differences(base, config)
    return name, tuple(Change(key, before, after) for key, (before, after) in found.items())


def _study(folder: RunFolder, origin: Origin | None) -> RunFolder | None:
    """Return the study's folder beside the run; None where the run has none, or it was deleted."""
    beside = all_folders(folder.path.parent) if origin else []
    return next((one for one in beside if origin and one.path.name == origin.study), None)
