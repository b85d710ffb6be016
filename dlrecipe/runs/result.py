"""`result.json`: the answer of a finished run."""

from __future__ import annotations

import hashlib
import json
import shlex
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.results import TrainingResult
from dlrecipe.runs.atomic import replacing
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.sealed import read_sealed

if TYPE_CHECKING:
    from pathlib import Path


def write_result(path: Path, result: TrainingResult) -> None:
    """Write the result, whole or not at all."""
    text = json.dumps(result.to_dict(), indent=2, allow_nan=False)
    with replacing(path) as file:
        file.write(text.encode() + b"\n")


def read_result(path: Path) -> TrainingResult:
    """Read the result.

    Raises:
        RunError: The file is missing or not a whole result: no verdict is made from half of one.
    """
    try:
        return read_sealed(TrainingResult, path)
    except FileNotFoundError as error:
        raise RunError(f"{path.parent} is not finished: {path.name} is missing.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error


def seal(folder: RunFolder) -> dict[str, str]:
    """Return checksums of the files that a result answers for, by name."""
    return {path.name: _digest(path) for path in (folder.history, folder.model)}


def require_sealed(path: Path, result: TrainingResult) -> None:
    """See that a file of a run is the one that was written with its result.

    Raises:
        RunError: It is missing, damaged, edited, or of another run.
    """
    if not path.exists():
        raise RunError(f"{path} is missing. {_remedy(RunFolder(path.parent))}")
    if _digest(path) != result.files.get(path.name):
        raise _damaged(path, "it is not the file that was written with result.json")


def _damaged(path: Path, reason: str) -> RunError:
    return RunError(f"{path} is damaged or was edited ({reason}). {_remedy(RunFolder(path.parent))}")


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}.") from error


def _remedy(folder: RunFolder) -> str:
    if folder.checkpoint.exists():
        return f"It is made again from the checkpoint by: dlrecipe resume {shlex.quote(str(folder.path))}"
    return f"Train again with: dlrecipe train {shlex.quote(str(folder.config))}"
