"""`-` as a file of data: what comes in on stdin, put into a file whose name says its format."""

from __future__ import annotations

import gzip
import sys
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import DlrecipeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "standard input"
"""What messages call it."""

_BEGINNINGS = {b"PAR1": ".parquet", b"PK\x03\x04": ".npz", b"\x93NUMPY": ".npy"}


@contextmanager
def as_file(data: str) -> Iterator[str]:
    """Yield the path of the data: their own, or for `-` that of a temporary file.

    Raises:
        UsageError: Nothing comes in.
        DlrecipeError: As the block raises it; messages do not speak of the temporary file.
    """
    if data != "-":
        yield data
        return
    content = sys.stdin.buffer.read()
    if not content:
        raise UsageError("Nothing came in on standard input.")
    with tempfile.TemporaryDirectory(prefix="dlrecipe-") as folder:
        path = Path(folder, f"stdin{_suffix(content)}")
        path.write_bytes(content)
        try:
            yield str(path)
        except DlrecipeError as error:
            raise type(error)(*without_path(error.messages, str(path))) from error


def without_path(messages: tuple[str, ...], path: str) -> tuple[str, ...]:
    """Return messages that speak of standard input where they named the temporary file."""
    return tuple(message.replace(path, NAME) for message in messages)


def _suffix(content: bytes) -> str:
    """Return the format, judged by the first bytes; a table of text has none of its own."""
    zipped = content.startswith(b"\x1f\x8b")
    try:
        first = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, 16) if zipped else content[:16]
    except (zlib.error, gzip.BadGzipFile):
        first = b""
    suffix = next((suffix for begin, suffix in _BEGINNINGS.items() if first.startswith(begin)), ".csv")
    return suffix + ".gz" if zipped else suffix
