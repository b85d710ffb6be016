"""Who is training in a run folder: a lock that the system takes away when its process dies."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """An exclusive lock on a file, held until `release` or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            RunError: Another living process holds it.
        """
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            raise RunError(
                f"{path.parent} is being trained by another process. Wait for it, or stop it first."
            ) from error

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
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
