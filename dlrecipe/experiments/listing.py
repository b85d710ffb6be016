"""What was tried."""

from __future__ import annotations

from pathlib import Path

from dlrecipe import runs as folders
from dlrecipe.results import RunList


def list_runs(runs: str | Path = "runs") -> RunList:
    """Every run under a folder, oldest first; an empty list where there is none."""
    return RunList(tuple(folders.list_runs(Path(runs))))
