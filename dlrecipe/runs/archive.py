"""Reading and writing npz archives of plain arrays: no pickles, and no surprises from damaged files."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.errors import RunError
from dlrecipe.runs.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What NumPy and zipfile raise on bytes that are no such archive."""


def write_archive(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write named arrays, whole or not at all; each carries a checksum (zip's CRC-32)."""
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_archive(path: Path) -> dict[str, NDArray[Any]]:
    """Read all arrays, their checksums tested.

    Raises:
        RunError: The file is missing, damaged, or holds anything but plain arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except FileNotFoundError as error:
        raise RunError(f"{path} does not exist.") from error
    except _DAMAGE as error:
        raise RunError(f"{path} is damaged ({error}).") from error
