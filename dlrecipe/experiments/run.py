"""A run: its folder, its result, and its model when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs import (
    Model,
    RunFolder,
    read_history,
    read_model,
    read_result,
    require_sealed,
)

if TYPE_CHECKING:
    from dlrecipe.results import Epoch, TrainingResult


@dataclass(frozen=True)
class Run:
    """A training and what came of it.

    Attributes:
        folder: Where it is kept.
        history: All evaluations, the one before training first.
        result: What `train --json` prints.
        remarks: What to know about how it came about, such as a checkpoint that was damaged.
    """

    folder: Path
    history: tuple[Epoch, ...]
    result: TrainingResult
    remarks: tuple[str, ...] = ()

    @cached_property
    def model(self) -> Model:
        """The returned model, read from the folder.

        Raises:
            RunError: It is damaged, or not the one that was written with the result.
        """
        file = RunFolder(self.folder).model
        require_sealed(file, self.result)
        return read_model(file)

    def to_dict(self) -> dict[str, object]:
        """The result as plain data."""
        return self.result.to_dict()


def open_run(run: str | Path | None = None, runs: str | Path = "runs") -> Run:
    """Read a finished run.

    Args:
        run: A path, a name or a number; None for the newest finished one. A study means the run it kept.
        runs: The folder of runs.

    Raises:
        RunError: There is none, or its files are damaged.
    """
    from dlrecipe.runs import find_finished  # noqa: PLC0415  # a training looks for no other run

    folder = find_finished(run, Path(runs)).folder
    result = read_result(folder.result)
    require_sealed(folder.history, result)
    return Run(folder.path, read_history(folder.history), result)


class UnsavedError(RunError):
    """A training ended, and what it found could not be written.

    Attributes:
        run: What it found.
    """

    def __init__(self, run: Run, cause: RunError) -> None:
        super().__init__(*cause.messages)
        self.run = run
