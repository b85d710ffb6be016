"""When a checkpoint is written: often enough to lose little, rarely enough to cost little."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.runs import Checkpoint, RunFolder, save_checkpoint, write_history

if TYPE_CHECKING:
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch
    from dlrecipe.runs import Conditions
    from dlrecipe.training import State

SHARE = 0.015
"""Share of the time that all writes together have taken when the next one may begin; with it, below 2 %."""


class Saver:
    """Keeps the end of the last epoch in memory, and puts it on disk when that has been earned.

    The first epoch is always written; after that, the time since the beginning must be 1 / SHARE times what
    all writes took, so that one which was slow is made up for.
    """

    def __init__(self, folder: RunFolder, conditions: Conditions) -> None:
        self._folder = folder
        self._conditions = conditions
        self._began = time.monotonic()
        self._spent = 0.0
        self._latest: tuple[State, Floats, list[Epoch], int] | None = None

    def epoch_ended(self, state: State, best: Floats, history: list[Epoch]) -> None:
        """Remember the state at the end of an epoch; write it where a write is due.

        The history only grows, so its length is enough to remember. Where the file system refuses, as when
        the disk is full, training goes on: what it finds can still be printed, and the disk may be emptied.
        """
        if not state.epoch:
            return
        self._latest = state.copy(), best, history, len(history)
        if SHARE * (time.monotonic() - self._began) >= self._spent:
            with suppress(RunError):
                self.write()

    def write(self) -> None:
        """Write what is remembered and not yet written, and the history with it.

        Raises:
            RunError: The file system refuses; the last good checkpoint is as it was.
        """
        if self._latest is None:
            return
        began = time.monotonic()
        state, best, history, length = self._latest
        past = tuple(history[:length])
        try:
            save_checkpoint(self._folder, Checkpoint(state, best, past, self._conditions))
            write_history(self._folder.history, past)
            self._latest = None
        finally:
            self._spent += time.monotonic() - began
