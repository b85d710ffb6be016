"""A run: its folder, its result, and its model when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.runs import Model, RunFolder, find_run, read_history, read_model, read_result

if TYPE_CHECKING:
    from dlrecipe.results import Epoch, TrainingResult


@dataclass(frozen=True)
class Run:
    """A training and what came of it.

    Attributes:
        folder: Where it is kept.
        history: All evaluations, the one before training first.
        result: What `train --json` prints.
    """

    folder: Path
    history: tuple[Epoch, ...]
    result: TrainingResult

    @cached_property
    def model(self) -> Model:
        """The returned model, read from the folder."""
        return read_model(RunFolder(self.folder).model)

    def to_dict(self) -> dict[str, object]:
        """The result as plain data."""
        return self.result.to_dict()


def open_run(run: str | Path | None = None, runs: str | Path = "runs") -> Run:
    """Read a finished run.

    Args:
        run: A path, a name or a number; None for the newest finished one.
        runs: The folder of runs.

    Raises:
        RunError: There is none, or its files are damaged.
    """
    folder = find_run(run, Path(runs))
    return Run(folder.path, read_history(folder.history), read_result(folder.result))
