"""The bytes of a file, unzipped where they are gzipped, and every way in which that can fail."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.data.sources.on_disk import LARGE
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.data.raw import Wanted

MOST_BYTES = 4 * 2**30  # a compressed file that claims to hold more is taken for a mistake or a bomb
PLENTY = 2**30  # and one that holds more than this, and EXPANSION times its own size, likewise
EXPANSION = 200
_GZIP = b"\x1f\x8b"
_PIECE = 2**24


def read_bytes(path: str, declared: Callable[[bytes, str], int] | None = None) -> bytes:
    """Return what the file holds, unzipped if its first bytes say that it is gzipped.

    Args:
        path: The file.
        declared: Returns how many bytes the file has by its own header, given its first bytes and its path;
            None for a format whose header does not tell. No more than that is unzipped.

    Raises:
        DataError: There is no such regular file, it cannot be read, is empty or damaged, or unzips to more
            than its header declares, or to far more than such files do.
    """
    _require_file(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    if content.startswith(_GZIP):
        content = _unzipped(path, content, declared)
    if not content:
        raise DataError(f"{path}: the file is empty.")
    return content


def seekable(path: str) -> str | io.BytesIO:
    """Return what a reader that jumps about in a file can open: the path, or the unzipped bytes.

    Raises:
        DataError: As `read_bytes`.
    """
    return io.BytesIO(read_bytes(path)) if _is_gzipped(path) else path


def first_bytes(path: str, count: int) -> bytes:
    """Return the first bytes of a file, unzipped like `read_bytes`, to see which format it has.

    Raises:
        DataError: The file cannot be read.
    """
    gzipped = _is_gzipped(path)
    try:
        with gzip.open(path) if gzipped else Path(path).open("rb") as file:
            return bytes(file.read(count))
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read ({error}).") from error


def is_regular(path: str) -> bool:
    """Whether there is such a file; a text that cannot be a file's name is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def stays_on_disk(path: str, wanted: Wanted) -> bool:
    """Whether the inputs of a file are left there, to be read as they are needed.

    Raises:
        DataError: The file cannot be read.
    """
    if wanted.unlabelled or wanted.stream is False or _is_gzipped(path):
        return False
    return wanted.stream is True or Path(path).stat().st_size >= LARGE


def _is_gzipped(path: str) -> bool:
    _require_file(path)
    try:
        with Path(path).open("rb") as file:
            return file.read(2) == _GZIP
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error


def _require_file(path: str) -> None:
    try:
        place = Path(path)
        exists, folder, regular = place.exists(), place.is_dir(), place.is_file()
    except (OSError, ValueError) as error:
        raise DataError(f"{path!r}: this cannot be the name of a file ({error}).") from error
    if not exists:
        raise DataError(f"{path}: there is no such file.")
    if folder:
        raise DataError(f"{path}: this is a folder. Name a file in it.")
    if not regular:
        raise DataError(f"{path}: this is not a regular file. Write the data to a file first.")


def _unzipped(path: str, content: bytes, declared: Callable[[bytes, str], int] | None) -> bytes:
    pieces: list[bytes] = []
    size, most = 0, min(MOST_BYTES, max(PLENTY, EXPANSION * len(content)))
    promised = most
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            while piece := stream.read(_PIECE):
                if declared and not pieces:
                    promised = declared(piece, path)
                pieces.append(piece)
                size += len(piece)
                if max(size, promised) > most:
                    told = f"{promised:,} by their header" if promised > most else f"more than {most:,}"
                    raise DataError(
                        f"{path}: {len(content):,} gzipped bytes unzip to {told}. Unzip the file yourself if "
                        "that is meant."
                    )
                if size > promised:
                    raise DataError(
                        f"{path}: the header declares {promised:,} bytes in all, but the gzipped file holds "
                        "more. It is damaged; fetch it again."
                    )
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: the gzipped file is truncated or damaged ({error}).") from error
    return b"".join(pieces)
