"""What `resume` goes on with: a single run, or the study that a run belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs.find import find_run
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.folders import all_folders
from dlrecipe.runs.lock import is_locked
from dlrecipe.runs.study import read_origin

if TYPE_CHECKING:
    from pathlib import Path


def find_resumable(run: str | Path | None, runs: Path) -> RunFolder:
    """The run or study that is meant; a training of an unfinished study means that study.

    Args:
        run: A path, a name or a number; None for the newest unfinished one that nobody works on.
        runs: The folder of runs.

    Raises:
        RunError: There is none.
    """
    if run is not None:
        return _whole(find_run(run, runs))
    for folder in reversed(all_folders(runs)):
        whole = _whole(folder)
        if not whole.result.exists() and not is_locked(whole.lock):
            return whole
    raise RunError(
        f"There is no interrupted run under {runs}. Train one: dlrecipe train CONFIG --runs {runs}"
    )


def _whole(folder: RunFolder) -> RunFolder:
    """The study of a training that is not finished, where the study is not finished either; else itself."""
    origin = None if folder.result.exists() else read_origin(folder)
    if origin is None:
        return folder
    study = RunFolder(folder.path.parent / origin.study)
    return study if study.study.exists() and not study.result.exists() else folder
