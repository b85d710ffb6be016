"""The files of one run, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunFolder:
    """`runs/<name>-<NNNN>/`, of a run or of a study."""

    path: Path

    @property
    def config(self) -> Path:
        """The full resolved config."""
        return self.path / "config.yaml"

    @property
    def history(self) -> Path:
        """A row per evaluation."""
        return self.path / "history.csv"

    @property
    def model(self) -> Path:
        """The returned model with its preprocessing."""
        return self.path / "model.npz"

    @property
    def checkpoint(self) -> Path:
        """What `resume` needs."""
        return self.path / "checkpoint.npz"

    @property
    def result(self) -> Path:
        """What `train --json` printed; written last, so that it says the run is whole."""
        return self.path / "result.json"

    @property
    def origin(self) -> Path:
        """Which study a training belongs to, if it does."""
        return self.path / "origin.json"

    @property
    def study(self) -> Path:
        """What a study is; the folder of a single run has none."""
        return self.path / "study.json"

    @property
    def test_looks(self) -> Path:
        """A line for each look at the test set."""
        return self.path / "test_looks.jsonl"

    @property
    def lock(self) -> Path:
        """Held by the process that trains."""
        return self.path / "lock"
