"""A new run folder: whole or not at all, under a number that is never given twice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs.atomic import replacing, sync_folder
from dlrecipe.runs.folder import NUMBERED, RunFolder, is_ours
from dlrecipe.runs.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS = ".numbers"
"""Folder beside the runs with one empty file for each number ever given, deleted runs' included."""


def create_folder(runs: Path, name: str, files: Mapping[str, str]) -> tuple[RunFolder, Lock]:
    """Create `runs/<name>-<NNNN>/` with these files in it, locked for this process.

    Args:
        runs: The folder of runs; made where it is missing.
        name: The stem.
        files: The text of each file, by name.

    Raises:
        RunError: The folder cannot be written.
    """
    try:
        runs.mkdir(parents=True, exist_ok=True)
        draft = RunFolder(Path(tempfile.mkdtemp(prefix=".new-", dir=runs)))
        try:
            draft.path.chmod(0o755)
            for file, text in files.items():
                write_text(draft.path / file, text)
            lock = Lock(draft.lock)
            folder = RunFolder(draft.path.rename(_claim(runs, name)))
            sync_folder(runs)
        except BaseException:
            shutil.rmtree(draft.path, ignore_errors=True)
            raise
    except (OSError, RunError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error).rstrip(".")
        raise RunError(
            f"{runs} cannot hold a run: {reason}. Choose another folder with --runs DIR."
        ) from error
    return folder, lock


def write_text(path: Path, text: str) -> None:
    """Write a text, whole or not at all; paths in it that are no text keep their bytes."""
    with replacing(path) as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def _claim(runs: Path, name: str) -> Path:
    """The path of a new folder, under a number that nobody else is given, and where nothing else is."""
    numbers = runs / NUMBERS
    numbers.mkdir(exist_ok=True)
    given = [int(path.name) for path in numbers.iterdir() if path.name.isdecimal()]
    number = max([0, *given, *_numbers_of_runs(runs)]) + 1
    while True:
        path = runs / f"{name}-{number:04d}"
        try:
            (numbers / str(number)).open("x").close()
        except FileExistsError:
            number += 1
            continue
        if not path.exists():
            return path
        number += 1


def _numbers_of_runs(runs: Path) -> list[int]:
    """Those of runs that came from elsewhere count; those of other folders, such as `data-2024`, do not."""
    found = [(NUMBERED.match(path.name), path) for path in runs.iterdir()]
    return [int(match["number"]) for match, path in found if match and is_ours(path)]
