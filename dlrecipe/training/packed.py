"""Examples whose inputs are bytes in memory, a quarter of their size as numbers of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.training.problem import Examples, targets
from dlrecipe.training.streamed import Streamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.streamed import Inputs, Rows

PIECE = 2**22
"""Bytes of unpacked inputs in a piece: a few chunks of an evaluation."""


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Examples that are unpacked batch by batch, and get the bits of `Examples`.

    Attributes:
        inputs: X (m × n_0), unpacked as float32.
        Y: Targets (m × n_L), in what the network calculates in; batches are float32.
        weights: As of `Examples`.
    """

    inputs: Inputs
    Y: Floats
    weights: Floats | None = None

    @classmethod
    def encode(
        cls,
        inputs: Inputs,
        y: NDArray[np.generic],
        loss: str,
        outputs: int,
        dtype: type,
        weights: NDArray[np.floating] | None = None,
    ) -> Packed:
        """Lay out targets for a loss, as `Examples.encode` does."""
        w: Floats | None = None if weights is None else weights.astype(dtype, copy=False)
        return cls(inputs, targets(y, loss, outputs, np.dtype(dtype)), w)

    def __len__(self) -> int:
        return len(self.Y)

    def rows(self, rows: Rows) -> Examples:
        """The examples at these rows, unpacked."""
        X = np.empty((len(rows), self.inputs.shape[1]), np.float32)
        self.inputs.read(rows, X)
        weights = None if self.weights is None else self.weights[rows]
        return Examples(X.astype(self.dtype, copy=False), self.Y[rows], weights)

    def gather(self, rows: Rows, into: Examples) -> None:
        """Unpack the examples at these rows into the buffers of others; both are weighted, or neither."""
        self.inputs.read(rows, into.X)
        self.Y.take(rows, 0, into.Y, "clip")
        if self.weights is not None:
            self.weights.take(rows, 0, into.weights, "clip")

    def pieces(self, size: int) -> Iterator[Examples]:
        """All examples in order, piece by piece, each but the last a multiple of `size` examples."""
        step = max(1, PIECE // (4 * self.inputs.shape[1]) // size) * size
        for start in range(0, len(self), step):
            yield self.rows(np.arange(start, min(start + step, len(self))))

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """What the network calculates in."""
        return self.Y.dtype

    def shuffled(self, rng: np.random.Generator, _size: int) -> Iterator[tuple[Packed, Rows]]:
        """An epoch: the examples and their order, that of `Examples`."""
        yield self, rng.permutation(len(self))


AnyExamples = Examples | Packed | Streamed
"""Examples, wherever they are; all train and are measured alike."""
