"""Inputs of one byte each that stay bytes: they become the network's numbers whenever they are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from dlrecipe.data.encoded import RowsOnDemand

if TYPE_CHECKING:
    from dlrecipe.data.encoded import Inputs32
    from dlrecipe.data.raw import Floats, Indices, Numbers
    from dlrecipe.data.sources.on_disk import OnDisk

PACKED = 2**30
"""Bytes of float32 inputs from which a part stays bytes; less is not worth the time of unpacking."""

_VALUES = 2**16  # unpacked at a time: with their float64 they stay in the second-level cache
_EXTREMES = np.array([[-128.0], [255.0]])  # of any number in one byte


class PackedRows(RowsOnDemand):
    """The inputs of a part that are bytes in memory: they are unpacked and normalised.

    The numbers are those of an encoded array to the last bit: the same operations in float64, rounded once.
    """

    def __init__(self, numbers: Numbers, rows: Indices, mean: Floats, scale: Floats) -> None:
        """Remember what to unpack.

        Args:
            numbers: The file's inputs, one byte each; shared by all parts, never copied.
            rows: Rows of the file that are the part's.
            mean: Of each input …
            scale: … and its scale: the network sees (x − mean)/scale.
        """
        super().__init__(partial(_unpack, numbers, mean, scale), rows, numbers.shape[1])


def _unpack(numbers: Numbers, mean: Floats, scale: Floats, rows: Indices, X: Inputs32) -> None:
    step = min(len(rows), max(1, _VALUES // numbers.shape[1]))
    packed = np.empty((step, numbers.shape[1]), numbers.dtype)
    wide = np.empty(packed.shape)
    for start in range(0, len(rows), max(1, step)):
        some = rows[start : start + step]
        unpacked, out = wide[: len(some)], X[start : start + step]
        np.copyto(unpacked, numbers.take(some, 0, packed[: len(some)], "clip"))
        np.subtract(unpacked, mean, unpacked)
        np.divide(unpacked, scale, out, casting="same_kind")


def worth_packing(numbers: Numbers | OnDisk, examples: int) -> TypeGuard[Numbers]:
    """Whether inputs are bytes in memory, row after row, and a part of so many examples is large."""
    if not isinstance(numbers, np.ndarray) or numbers.dtype.itemsize > 1 or not numbers.flags.c_contiguous:
        return False
    return 4 * examples * numbers.shape[1] >= PACKED


def fit_float32(mean: Floats, scale: Floats) -> bool:
    """Whether every byte, normalised, is within float32."""
    with np.errstate(over="ignore"):
        return bool(np.isfinite(((_EXTREMES - mean) / scale).astype(np.float32)).all())
