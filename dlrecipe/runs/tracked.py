"""`tracked.json`: where else a training is logged, so that whoever resumes it goes on there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.results.reading import read
from dlrecipe.runs.create import write_text

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tracked:
    """A training in MLflow's store.

    Attributes:
        store: URI of the store.
        run: Its id there.
        epoch: The last one that was told.
    """

    store: str
    run: str
    epoch: int


def write_tracked(path: Path, tracked: Tracked) -> None:
    """Write where a training is logged, whole or not at all.

    Raises:
        RunError: The file system refuses.
    """
    write_text(path, json.dumps(asdict(tracked), indent=2) + "\n")


def read_tracked(path: Path) -> Tracked:
    """Read where a training is logged.

    Raises:
        RunError: The file is missing or damaged.
    """
    try:
        return read(Tracked, json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is missing or damaged ({error}).") from error
