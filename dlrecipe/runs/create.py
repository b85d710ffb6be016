"""A new run folder: whole or not at all, under a number that is never given twice."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs.atomic import replacing
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERED = re.compile(r"^(?P<name>.+)-(?P<number>\d{4,})$")
"""A run folder's name."""

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
            folder = RunFolder(draft.path.rename(runs / f"{name}-{_claim_number(runs):04d}"))
        except BaseException:
            shutil.rmtree(draft.path, ignore_errors=True)
            raise
    except OSError as error:
        raise RunError(
            f"{runs} cannot hold a run: {error.strerror or error}. Choose another folder with --runs DIR."
        ) from error
    return folder, lock


def write_text(path: Path, text: str) -> None:
    """Write a text, whole or not at all; paths in it that are no text keep their bytes."""
    with replacing(path) as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def _claim_number(runs: Path) -> int:
    numbers = runs / NUMBERS
    numbers.mkdir(exist_ok=True)
    given = [int(path.name) for path in numbers.iterdir() if path.name.isdecimal()]
    folders = [int(found["number"]) for path in runs.iterdir() if (found := NUMBERED.match(path.name))]
    number = max([0, *given, *folders]) + 1
    while True:
        try:
            (numbers / str(number)).open("x").close()
        except FileExistsError:
            number += 1
        else:
            return number
