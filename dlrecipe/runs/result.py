"""`result.json`: the answer of a finished run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.results import TrainingResult
from dlrecipe.results.reading import read
from dlrecipe.runs.atomic import replacing

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
        return read(TrainingResult, json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise RunError(f"{path.parent} is not finished: {path.name} is missing.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is damaged ({error}).") from error
