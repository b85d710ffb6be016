"""Rows of numbers that stay in their file: who asks for some gets them read."""

from __future__ import annotations

import math
import threading
import weakref
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

    from dlrecipe.data.raw import Indices, Numbers

LARGE = 2**30
"""Bytes of a file from which `data.stream: auto` leaves it on disk."""

_PIECE = 2**22  # bytes that are read at a time
_GAP = 2**16  # bytes between two wanted rows that are rather read than skipped


class OnDisk:
    """An array in a file, row after row, of which an index or a slice reads what it names.

    It is read, not mapped, so that pages of the file never count as memory of the process.

    Attributes:
        shape, dtype: As of an array.
    """

    def __init__(
        self, file: FileIO, origin: str, start: int, shape: tuple[int, ...], dtype: np.dtype[Any]
    ) -> None:
        """Take over an open file.

        Args:
            file: Unbuffered; it is closed with the last array that is made of it.
            origin: Its name for messages.
            start: Where the first row begins.
            shape: Rows, and what a row holds.
            dtype: Of each value.
        """
        self._file, self._origin, self._start = file, origin, start
        self._lock = threading.Lock()
        self.shape, self.dtype = shape, dtype
        weakref.finalize(self, file.close)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of values."""
        return math.prod(self.shape)

    @property
    def row_bytes(self) -> int:
        """Bytes of a row."""
        return math.prod(self.shape[1:]) * self.dtype.itemsize

    def __len__(self) -> int:
        return self.shape[0]

    def flattened(self) -> Self:
        """Lay out every row in one dimension."""
        self.shape = (len(self), math.prod(self.shape[1:]))
        return self

    def __getitem__(self, rows: slice | Indices) -> Numbers:
        """Read these rows, in this order.

        Raises:
            DataError: The file is not as long as it was, or cannot be read.
        """
        if isinstance(rows, slice):
            start, stop, _ = rows.indices(len(self))
            return self._span(start, stop)
        found: Numbers = np.empty((len(rows), *self.shape[1:]), self.dtype)
        if (rows[1:] < rows[:-1]).any():
            order = np.argsort(rows)
            found[order] = self[rows[order]]
            return found
        for piece in self._pieces(rows):
            first, last = int(rows[piece.start]), int(rows[piece.stop - 1])
            span = self._span(first, last + 1)
            span.take(rows[piece] - first, 0, found[piece], "clip")
        return found

    def _pieces(self, rows: Indices) -> Iterator[slice]:
        """Yield parts of ascending rows that lie close together and are no more than is read at a time."""
        far = np.flatnonzero(np.diff(rows) * self.row_bytes > _GAP) + 1
        most = max(1, _PIECE // self.row_bytes)
        start = 0
        for end in [*far.tolist(), len(rows)]:
            while start < end:
                stop = start + int(np.searchsorted(rows[start:end], rows[start] + most))
                yield slice(start, stop)
                start = stop

    def _span(self, start: int, stop: int) -> Numbers:
        """Read rows from `start` to before `stop`."""
        span: Numbers = np.empty((max(0, stop - start), *self.shape[1:]), self.dtype)
        view = memoryview(span.reshape(-1).view(np.uint8).data)
        try:
            with self._lock:
                self._file.seek(self._start + start * self.row_bytes)
                while view and (count := self._file.readinto(view)):
                    view = view[count:]
        except OSError as error:
            raise DataError(f"{self._origin}: cannot be read ({error.strerror}).") from error
        if view:
            raise DataError(
                f"{self._origin}: the file ends before row {stop:,}, though it has had {len(self):,} rows. "
                "It has been cut while it was read; bring it back and resume."
            )
        return span
