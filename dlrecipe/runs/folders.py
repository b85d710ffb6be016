"""Which runs and studies there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs.folder import NUMBERED, RunFolder, is_ours

if TYPE_CHECKING:
    from pathlib import Path


def folders(runs: Path) -> list[RunFolder]:
    """All folders of single runs that may be read, oldest number first.

    Raises:
        RunError: The folder of runs may not be read itself.
    """
    return [folder for folder in all_folders(runs) if not folder.study.exists()]


def all_folders(runs: Path) -> list[RunFolder]:
    """All folders of runs and of studies that may be read, oldest number first.

    Raises:
        RunError: The folder of runs may not be read itself.
    """
    try:
        entries = list(runs.iterdir()) if runs.is_dir() else []
    except OSError as error:
        raise RunError(f"{runs} cannot be read: {error.strerror or error}.") from error
    numbered = [
        (int(found["number"]), path)
        for path in entries
        if (found := NUMBERED.match(path.name)) and is_ours(path)
    ]
    return [RunFolder(path) for _, path in sorted(numbered)]
