"""Inputs that are too many for the memory as numbers: they are made whenever they are asked for."""

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


class RowsOnDemand:
    """The inputs (m, n_x) of a part; an index or a slice makes them.

    Attributes:
        shape, dtype: As of an array.
    """

    dtype = np.dtype(np.float32)

    def __init__(self, encode: Callable[[Indices, Inputs32], None], rows: Indices, width: int) -> None:
        """Remember how they are made.

        Args:
            encode: Writes rows of the file, as the network sees them, into an array.
            rows: Rows of the file that are the part's.
            width: n_x.
        """
        self._encode, self._rows = encode, rows
        self.shape = len(rows), width

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: slice | Indices) -> Inputs32:
        """Make examples of the part."""
        rows = self._rows[at]
        X = np.empty((len(rows), self.shape[1]), np.float32)
        self._encode(rows, X)
        return X

    def read(self, at: Indices, X: Inputs32) -> None:
        """Make examples of the part in X."""
        self._encode(self._rows[at], X)


class EncodedRows(RowsOnDemand):
    """The inputs of a part whose rows stay on disk: they are read and encoded.

    Either way to them raises a DataError where the file has changed, or a value is too large for float32.
    """
