"""Who is training in a run folder: a lock that the system takes away when its process dies."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

PROBE = 0.2
"""Seconds to wait for a lock: `is_locked` holds one for a moment to see whether it can be had."""


class Lock:
    """An exclusive lock on a file, held until `release` or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            RunError: Another living process holds it.
        """
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise RunError(f"{path} cannot be locked: {error.strerror}.") from error
        tries_end = time.monotonic() + PROBE
        while not _seize(self._handle, fcntl.LOCK_EX):
            if time.monotonic() > tries_end:
                os.close(self._handle)
                raise RunError(
                    f"{path.parent} is being trained by another process. Wait for it, or stop it first."
                )
            time.sleep(PROBE / 10)

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._handle)


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _seize(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _seize(handle: int, kind: int) -> bool:
    """Whether nobody is in the way of a lock, which is then taken."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
