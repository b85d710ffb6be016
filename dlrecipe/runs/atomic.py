"""Writing a file so that it is there whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dlrecipe.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file that takes the place of `path` when the block ends without an error.

    The content reaches the disk before the name does, and the folder's entry after it.

    Raises:
        RunError: The file system refuses, as when the disk is full; `path` is then as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise RunError(f"{path} could not be written: {error.strerror or error}.") from error


def keep_under(path: Path, name: Path) -> None:
    """Give a file that is about to be replaced a second name, if it is there; what had that name goes.

    Raises:
        RunError: The file system refuses; both are then as they were.
    """
    link = path.with_name(f".{name.name}.link")
    try:
        link.unlink(missing_ok=True)
        link.hardlink_to(path)
        link.replace(name)
        link.unlink(missing_ok=True)  # it stays where both names were one file's already
    except FileNotFoundError:
        return
    except OSError:
        _move(path, name)  # a file system without links: for a moment the file has the new name only


def _move(path: Path, name: Path) -> None:
    try:
        path.replace(name)
    except OSError as error:
        raise RunError(f"{name} could not be written: {error.strerror or error}.") from error


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
