"""Inputs that are too many for the memory: they are read and encoded whenever they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from dlrecipe.data.raw import Indices

    Inputs32 = npt.NDArray[np.float32]

KEPT = 2**25
"""Bytes of encoded inputs up to which a part is kept in memory, also where its file is not."""


class EncodedRows:
    """The inputs (m, n_x) of a part whose rows stay on disk; an index or a slice reads and encodes them.

    Attributes:
        shape, dtype: As of an array.
    """

    dtype = np.dtype(np.float32)

    def __init__(self, encode: Callable[[Indices, Inputs32], None], rows: Indices, width: int) -> None:
        """Remember what to read.

        Args:
            encode: Writes rows of the file, encoded, into an array.
            rows: Rows of the file that are the part's.
            width: n_x.
        """
        self._encode, self._rows = encode, rows
        self.shape = len(rows), width

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: slice | Indices) -> Inputs32:
        """Read examples of the part.

        Raises:
            DataError: The file has changed, or a value is too large for float32.
        """
        rows = self._rows[at]
        X = np.empty((len(rows), self.shape[1]), np.float32)
        self._encode(rows, X)
        return X

    def read(self, at: Indices, X: Inputs32) -> None:
        """Read examples of the part into X.

        Raises:
            DataError: As an index does.
        """
        self._encode(self._rows[at], X)
