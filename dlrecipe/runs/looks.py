"""`test_looks.jsonl`: each time the test set was looked at, a line.

A test set stays one as long as nothing is decided by it. Every look tempts, so looks are counted.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path


def record_look(path: Path, *, data: str, error: float) -> None:
    """Add a look; a line is appended in one piece, so that two processes lose none.

    Args:
        path: The file.
        data: What was looked at: `test`, or the path of the test file.
        error: What was seen there, a fraction.

    Raises:
        RunError: The file cannot be written.
    """
    look = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "data": data, "error": error}
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(handle, json.dumps(look).encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error_found:
        reason = error_found.strerror or error_found
        raise RunError(f"{path} could not be written: {reason}.") from error_found


def count_looks(path: Path) -> int:
    """How many looks there were so far.

    Raises:
        RunError: The file cannot be read.
    """
    try:
        return path.read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise RunError(f"{path} could not be read: {error.strerror or error}.") from error
