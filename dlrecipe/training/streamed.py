"""Examples that are too many for the memory: read in blocks, a group of blocks at a time, one group ahead.

A block is a run of examples as the file has them. An epoch draws the blocks in random order, and shuffles all
examples of the few dozen blocks that are in memory at once. That order is a function of the generator it is
drawn from alone, whatever the disk or the reading thread do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dlrecipe.training.problem import Examples, targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats

    Rows = NDArray[np.intp]

BLOCK = 2**18
"""Bytes of a block: enough to be read as fast as in order, few enough for many to share a group."""

GROUP = 2**25
"""Bytes of a group; two are in memory, the one that is trained on and the next."""


class Inputs(Protocol):
    """Inputs (m × n_0) that can be read into an array."""

    shape: tuple[int, int]

    def read(self, at: Rows, X: NDArray[np.float32]) -> None:
        """Write the inputs of these examples into X."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Streamed:
    """Examples on disk, which train and are measured as those in memory.

    Attributes:
        inputs: X (m × n_0), read as float32.
        y: Class indices, or the target t of a regression, shape (m,).
        loss: Name of the loss.
        outputs: n_L.
        dtype: What the network calculates in.
        weights: As of `Examples`.
    """

    inputs: Inputs
    y: NDArray[np.generic]
    loss: str
    outputs: int
    dtype: np.dtype[np.floating]
    weights: Floats | None = None

    def __len__(self) -> int:
        return len(self.y)

    def rows(self, rows: Rows) -> Examples:
        """The examples at these rows, in memory."""
        X = np.empty((len(rows), self.inputs.shape[1]), np.float32)
        self.inputs.read(rows, X)
        return self._examples(X, rows)

    def shuffled(self, rng: np.random.Generator, size: int) -> Iterator[tuple[Examples, Rows]]:
        """An epoch: one group after the other, and the order of its examples.

        Each example is in one group. All groups but the last are whole batches.

        Args:
            rng: Decides the order.
            size: Examples of a batch.
        """
        length = max(1, BLOCK // self._row_bytes)
        blocks = rng.permutation(-(-len(self) // length))
        for group in self._read(_cut(_runs(blocks, length, len(self)), self._capacity(size)), size):
            yield group, rng.permutation(len(group))

    def pieces(self, size: int) -> Iterator[Examples]:
        """All examples in order, piece by piece, each but the last a multiple of `size` examples."""
        step = self._capacity(size)
        runs = (np.arange(start, min(start + step, len(self))) for start in range(0, len(self), step))
        return self._read(runs, size)

    def _read(self, groups: Iterator[Rows], size: int) -> Iterator[Examples]:
        """Yield the examples of one group while the next is read; they are gone when that is yielded."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # slow to import, and rarely needed

        shape = min(self._capacity(size), len(self)), self.inputs.shape[1]
        free, next_free = np.empty(shape, np.float32), np.empty(shape, np.float32)

        def fill(rows: Rows, X: NDArray[np.float32]) -> Examples:
            self.inputs.read(rows, X)
            return self._examples(X, rows)

        with ThreadPoolExecutor(1) as reader:
            rows = next(groups)
            ahead = reader.submit(fill, rows, free[: len(rows)])
            for rows in groups:
                ready = ahead.result()
                free, next_free = next_free, free
                ahead = reader.submit(fill, rows, free[: len(rows)])
                yield ready
            yield ahead.result()

    def _examples(self, X: NDArray[np.float32], rows: Rows) -> Examples:
        return Examples(
            X.astype(self.dtype, copy=False),
            targets(self.y[rows], self.loss, self.outputs, self.dtype),
            None if self.weights is None else self.weights[rows].astype(self.dtype, copy=False),
        )

    def _capacity(self, size: int) -> int:
        """Examples in a group: whole batches."""
        return max(1, GROUP // self._row_bytes // size) * size

    @property
    def _row_bytes(self) -> int:
        return 4 * self.inputs.shape[1]


def _runs(blocks: Rows, length: int, m: int) -> Iterator[Rows]:
    for block in blocks:
        yield np.arange(block * length, min((block + 1) * length, m))


def _cut(runs: Iterator[Rows], size: int) -> Iterator[Rows]:
    """Join runs and cut them anew into `size` rows each, sorted, so that the file is read forwards."""
    waiting: list[Rows] = []
    count = 0
    for run in runs:
        rest = run
        while count + len(rest) >= size:
            head, rest = np.split(rest, [size - count])
            yield np.sort(np.concatenate([*waiting, head]))
            waiting, count = [], 0
        waiting.append(rest)
        count += len(rest)
    if count:
        yield np.sort(np.concatenate(waiting))
