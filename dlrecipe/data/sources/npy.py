"""One array in NumPy's format: the header is checked against the real bytes before anything is allocated."""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.lib import format as npy_format

from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Numbers

_READABLE = "biufUS"  # bool, integers, reals, texts


def parse(content: bytes, origin: str) -> Numbers:
    """Return the array in the bytes of a .npy file, as a view of them.

    Raises:
        DataError: The bytes are no such file, hold pickled or complex values, or are fewer or more than the
            header says.
    """
    stream = io.BytesIO(content)
    shape, fortran, dtype = _header(stream, origin)
    _require_readable(dtype, origin)
    start = stream.tell()
    _require_length(origin, shape, dtype, len(content) - start)
    if not math.prod(shape) * dtype.itemsize:
        return np.empty(shape, dtype)
    flat = np.frombuffer(content, dtype, offset=start)
    return flat.reshape(shape, order="F" if fortran else "C")


def on_disk(path: str) -> OnDisk | None:
    """Return the array of a .npy file without reading it; None if its rows are not stored one by one.

    Raises:
        DataError: As `parse`.
    """
    file = Path(path).open("rb", buffering=0)  # noqa: SIM115  # the array keeps it open
    try:
        shape, fortran, dtype = _header(file, path)
        _require_readable(dtype, path)
        start, size = file.tell(), Path(path).stat().st_size
        _require_length(path, shape, dtype, size - start)
    except BaseException:
        file.close()
        raise
    if len(shape) < 2 or fortran or not math.prod(shape):
        file.close()
        return None
    return OnDisk(file, path, start, shape, dtype)


def declared_size(beginning: bytes, origin: str) -> int:
    """Return how many bytes a .npy file that begins so has by its header.

    Raises:
        DataError: There is no such header, or the values are pickled or complex.
    """
    stream = io.BytesIO(beginning)
    shape, _, dtype = _header(stream, origin)
    _require_readable(dtype, origin)
    return stream.tell() + math.prod(shape) * dtype.itemsize


def _require_length(origin: str, shape: tuple[int, ...], dtype: np.dtype[Any], length: int) -> None:
    declared = math.prod(shape) * dtype.itemsize
    if min(shape, default=0) < 0 or declared != length:
        raise DataError(
            f"{origin}: the header declares an array of shape {shape} ({declared:,} bytes), but "
            f"{length:,} bytes follow. The file is truncated or damaged; write it again."
        )


def _header(stream: BinaryIO, origin: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of headers written by Python 2, which are read all the same
            version = npy_format.read_magic(stream)
            if version == (1, 0):
                return npy_format.read_array_header_1_0(stream)
            if version == (2, 0):
                return npy_format.read_array_header_2_0(stream)
    except Exception as error:  # NumPy's parser of headers lets its tokenizer's errors through
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{origin}: this is no readable NumPy array ({reason}).") from error
    raise DataError(
        f"{origin}: version {version[0]}.{version[1]} of the .npy format is not supported (3.0 holds fields "
        "with names). Save a plain array."
    )


def _require_readable(dtype: np.dtype[Any], origin: str) -> None:
    if dtype.hasobject:
        raise DataError(
            f"{origin}: the array holds Python objects, which only unpickling could read, and that may run "
            "any code. Save numbers as X.astype(float), and texts as y.astype(str)."
        )
    if dtype.kind not in _READABLE or dtype.itemsize == 0:
        raise DataError(
            f"{origin}: values of type {dtype} are not supported; real numbers are, and texts as labels. "
            "Convert the array before saving it."
        )
