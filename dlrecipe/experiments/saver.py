"""When a checkpoint is written: often enough to lose little, rarely enough to cost little."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from dlrecipe.runs import Checkpoint, RunFolder, write_checkpoint, write_history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch
    from dlrecipe.training import Engine, State

SHARE = 0.02
"""Share of the training time that writing may take."""


class Saver:
    """Keeps the end of the last epoch in memory, and puts it on disk when that has been earned.

    The first epoch is always written; after that the time since the last write must be 1 / SHARE times what
    that write took.
    """

    def __init__(self, folder: RunFolder, engine: Engine) -> None:
        self._folder = folder
        self._engine = engine
        self._due = 0.0
        self._latest: Checkpoint | None = None

    def epoch_ended(self, state: State, best: Floats, history: Sequence[Epoch]) -> None:
        """Remember the state at the end of an epoch; write it where a write is due."""
        self._latest = Checkpoint(state.copy(), best, tuple(history), self._engine) if state.epoch else None
        if self._latest and time.monotonic() >= self._due:
            self.write()

    def write(self) -> None:
        """Write what is remembered, and the history with it."""
        if self._latest is None:
            return
        began = time.monotonic()
        write_checkpoint(self._folder.checkpoint, self._latest)
        write_history(self._folder.history, self._latest.history)
        ended = time.monotonic()
        self._due = ended + (ended - began) / SHARE
