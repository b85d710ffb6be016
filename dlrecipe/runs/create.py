"""A new run folder: whole or not at all, under a number that is never given twice."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from dlrecipe.errors import RunError
from dlrecipe.runs.atomic import replacing
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.lock import Lock

NUMBERED = re.compile(r"^(?P<name>.+)-(?P<number>\d{4,})$")
"""A run folder's name."""

NUMBERS = ".numbers"
"""Folder beside the runs with one empty file for each number ever given, deleted runs' included."""


def create_run(runs: Path, name: str, config: str) -> tuple[RunFolder, Lock]:
    """Create `runs/<name>-<NNNN>/` with its config in it, locked for this process.

    Args:
        runs: The folder of runs; made where it is missing.
        name: The stem.
        config: Text of `config.yaml`.

    Raises:
        RunError: The folder cannot be written.
    """
    try:
        runs.mkdir(parents=True, exist_ok=True)
        draft = RunFolder(Path(tempfile.mkdtemp(prefix=".new-", dir=runs)))
        try:
            draft.path.chmod(0o755)
            write_config(draft.config, config)
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


def write_config(path: Path, config: str) -> None:
    """Write `config.yaml`, whole or not at all; paths that are no text keep their bytes."""
    with replacing(path) as file:
        file.write(config.encode("utf-8", "surrogateescape"))


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
