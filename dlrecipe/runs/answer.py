"""`result.json` of a study: what its command prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from dlrecipe.errors import RunError
from dlrecipe.runs.create import write_text
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.sealed import read_sealed

if TYPE_CHECKING:
    from pathlib import Path

    from dlrecipe.results.checksum import SealedDocument

Answer = TypeVar("Answer", bound="SealedDocument")


def write_answer(path: Path, answer: SealedDocument) -> None:
    """Write a study's result, whole or not at all."""
    write_text(path, json.dumps(answer.to_dict(), indent=2, allow_nan=False) + "\n")


def read_answer(kind: type[Answer], path: Path) -> Answer:
    """Read a study's result.

    Raises:
        RunError: The file is missing or not the whole result that was written.
    """
    again = RunFolder(path.parent).resume_command
    try:
        return read_sealed(kind, path)
    except FileNotFoundError as error:
        raise RunError(
            f"{path.parent} is not finished: {path.name} is missing. Go on with: {again}"
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(
            f"{path} is damaged or was edited ({error}). It is made again from its trainings by: {again}"
        ) from error


def whole_answer(kind: type[Answer], path: Path) -> Answer | None:
    """Read a study's result; None where it has none, or a damaged one that its trainings make again."""
    try:
        return read_answer(kind, path)
    except RunError:
        return None
