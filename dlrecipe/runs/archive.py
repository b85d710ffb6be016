"""Reading and writing npz archives of plain arrays: no pickles, and no surprises from damaged files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.data.sources.npz import read_npz
from dlrecipe.errors import DataError, RunError
from dlrecipe.runs.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

CHECKSUM = "checksum"
"""Name of the array that tells whether the others are those that were written."""


def write_archive(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write named arrays with a checksum of them all, whole or not at all."""
    with replacing(path) as file:
        checked: dict[str, Any] = {**arrays, CHECKSUM: np.array(_checksum(arrays))}
        np.savez(file, **checked)


def read_archive(path: Path) -> dict[str, NDArray[Any]]:
    """Read all arrays, and see that they are those that were written.

    Raises:
        RunError: The file is missing, damaged, or holds anything but plain arrays.
    """
    if not path.exists():
        raise RunError(f"{path} does not exist.")
    try:
        arrays = read_npz(str(path), lambda names: names)
    except DataError as error:
        raise RunError(f"{path} is damaged ({error}).") from error
    stored = arrays.pop(CHECKSUM, None)
    if stored is None or str(stored) != _checksum(arrays):
        raise RunError(f"{path} is damaged: its arrays are not those that were written.")
    return {name: array.copy() for name, array in arrays.items()}  # what is read is a view that is read-only


def _checksum(arrays: Mapping[str, NDArray[Any]]) -> str:
    """A checksum of names, types, shapes and bytes; zip's own cover the bytes alone."""
    found = hashlib.blake2b(digest_size=16)
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        found.update(f"{name} {array.dtype.str} {arrays[name].shape} ".encode())
        found.update(array.reshape(-1).view(np.uint8).data)
    return found.hexdigest()
