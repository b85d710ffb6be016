"""The IDX format of MNIST: a magic number, the dimensions, the bytes.

Source: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits (file format).
"""

from __future__ import annotations

import math
import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.data.sources.arrays import examples_table
from dlrecipe.data.sources.files import first_bytes, read_bytes
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Numbers, RawTable, Wanted

_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
_MOST_DIMENSIONS = 4


def looks_like_idx(path: str) -> bool:
    """Whether the file's first bytes are an IDX magic number."""
    head = first_bytes(path, 4)
    return len(head) == 4 and head[:2] == b"\0\0" and head[2] in _TYPES and 1 <= head[3] <= _MOST_DIMENSIONS


def read(path: str, wanted: Wanted) -> RawTable:
    """Read images, one row each (flattened row by row), and their labels from the label file.

    Without `wanted.target` the labels are looked for beside images that are named as MNIST's are.

    Raises:
        DataError: A file is missing or damaged, or labels and images do not fit together.
    """
    images = parse(read_bytes(path, declared_size), path)
    if wanted.unlabelled:
        return examples_table(path, images, None, wanted)
    labels_path = wanted.target or _labels_beside(path)
    labels = parse(read_bytes(labels_path, declared_size), labels_path)
    return examples_table(path, images, labels, wanted, target_name=labels_path, task="classification")


def parse(content: bytes, origin: str) -> Numbers:
    """Return the array in the bytes of an IDX file.

    Raises:
        DataError: No IDX magic number, or fewer or more bytes than the dimensions say.
    """
    start, shape, dtype = _header(content, origin)
    declared = math.prod(shape) * dtype.itemsize
    if declared != len(content) - start:
        raise DataError(
            f"{origin}: the header declares {shape} values ({declared:,} bytes), but "
            f"{len(content) - start:,} bytes follow. The file is truncated or damaged; fetch it again."
        )
    flat = np.frombuffer(content, dtype, offset=start) if declared else np.empty(0, dtype)
    return flat.reshape(shape)


def declared_size(beginning: bytes, origin: str) -> int:
    """Return how many bytes a file that begins so has by its header.

    Raises:
        DataError: There is no such header.
    """
    start, shape, dtype = _header(beginning, origin)
    return start + math.prod(shape) * dtype.itemsize


def _header(content: bytes, origin: str) -> tuple[int, tuple[int, ...], np.dtype[Any]]:
    """Return where the values begin, and their shape and type."""
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in _TYPES or content[3] == 0:
        raise DataError(
            f"{origin}: this is no IDX file; one begins with 00 00, a type (08 for bytes) and the number of "
            f"dimensions, not {content[:4].hex(' ')}."
        )
    start = 4 + 4 * content[3]
    if len(content) < start:
        raise DataError(f"{origin}: the file ends within its header. It is truncated; fetch it again.")
    shape = struct.unpack(f">{content[3]}I", content[4:start])
    dtype = np.dtype(_TYPES[content[2]])
    return start, shape, dtype


def _labels_beside(path: str) -> str:
    name = Path(path).name
    renamed = re.sub(r"idx\d", "idx1", name.replace("images", "labels"))
    beside = Path(path).with_name(renamed)
    if renamed == name or not beside.exists():
        raise DataError(f"{path}: where are the labels? Name the label file in `data.target`.")
    return str(beside)
