"""The files of one run, by name."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


NUMBERED = re.compile(r"^(?P<name>.+)-(?P<number>\d{4,})$")
"""A run folder's name."""


def is_ours(folder: Path) -> bool:
    """Whether this is a folder as `create_folder` makes them, that may be read."""
    try:
        named = NUMBERED.match(folder.resolve().name) is not None
        return named and (folder / "config.yaml").is_file() and (folder / "lock").is_file()
    except (OSError, ValueError):
        return False


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
    def previous(self) -> Path:
        """The checkpoint before that one, for when it is damaged."""
        return self.path / "checkpoint-previous.npz"

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
    def resume_command(self) -> str:
        """What a user types to go on with it, from anywhere."""
        return shlex.join(["dlrecipe", "resume", str(self.path)])

    @property
    def tracked(self) -> Path:
        """Where else the training is logged, if it is."""
        return self.path / "tracked.json"

    @property
    def lock(self) -> Path:
        """Held by the process that trains."""
        return self.path / "lock"
