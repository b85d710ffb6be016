"""`result.json` of a study: what its command prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from dlrecipe.errors import RunError
from dlrecipe.results.reading import read
from dlrecipe.runs.create import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from dlrecipe.results import Document

Answer = TypeVar("Answer", bound="Document")


def write_answer(path: Path, answer: Document) -> None:
    """Write a study's result, whole or not at all."""
    write_text(path, json.dumps(answer.to_dict(), indent=2, allow_nan=False) + "\n")


def read_answer(kind: type[Answer], path: Path) -> Answer:
    """Read a study's result.

    Raises:
        RunError: The file is missing or not a whole result.
    """
    try:
        return read(kind, json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is missing or damaged ({error}).") from error
