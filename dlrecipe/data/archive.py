"""Reads arrays back from a model file, refusing what does not fit instead of failing somewhere later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.raw import Floats, Indices, Mask, Texts


def array(arrays: Mapping[str, npt.NDArray[Any]], name: str, kinds: str) -> npt.NDArray[Any]:
    """Return an array of the model, of one of NumPy's type `kinds`.

    Raises:
        DataError: It is missing or of another kind.
    """
    try:
        found = np.asarray(arrays[name])
    except KeyError as error:
        raise DataError(
            f"the model's array `{name}` is missing; the file is damaged or of another program."
        ) from error
    if found.dtype.kind not in kinds:
        raise DataError(
            f"the model's array `{name}` holds {found.dtype}; the file is damaged or of another program."
        )
    return found


def floats(arrays: Mapping[str, npt.NDArray[Any]], name: str, count: int) -> Floats:
    """Return `count` real numbers.

    Raises:
        DataError: As `array`, or there is another number of them.
    """
    return _counted(array(arrays, name, "fiu"), name, count).astype(np.float64)


def counts(arrays: Mapping[str, npt.NDArray[Any]], name: str, count: int) -> Indices:
    """Return `count` integers of 0 or more.

    Raises:
        DataError: As `array`, or there is another number of them, or one is negative.
    """
    found = _counted(array(arrays, name, "iu"), name, count).astype(np.int64)
    if (found < 0).any():
        raise DataError(f"the model's array `{name}` has negative counts; the file is damaged.")
    return found


def flags(arrays: Mapping[str, npt.NDArray[Any]], name: str, count: int) -> Mask:
    """Return `count` times yes or no.

    Raises:
        DataError: As `array`, or there is another number of them.
    """
    return _counted(array(arrays, name, "b"), name, count)


def texts(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Texts:
    """Return a list of texts.

    Raises:
        DataError: As `array`, or it is no list.
    """
    found = array(arrays, name, "U")
    if found.ndim != 1:
        raise DataError(
            f"the model's array `{name}` has shape {found.shape}, but must be a list; the file is damaged."
        )
    return found


def number(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> float:
    """Return a single finite number.

    Raises:
        DataError: As `array`, or it is no such number.
    """
    found = array(arrays, name, "fiu")
    if found.size != 1 or not np.isfinite(found).all():
        raise DataError(f"the model's array `{name}` must be one finite number; the file is damaged.")
    return float(found.reshape(()))


def word(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> str:
    """Return a single text.

    Raises:
        DataError: As `array`, or there are several.
    """
    found = array(arrays, name, "U")
    if found.size != 1:
        raise DataError(f"the model's array `{name}` must be one text; the file is damaged.")
    return str(found.reshape(())[()])


def _counted(found: npt.NDArray[Any], name: str, count: int) -> npt.NDArray[Any]:
    if found.shape != (count,):
        raise DataError(
            f"the model's array `{name}` has shape {found.shape}, but {count} inputs ask for ({count},); the "
            "file is damaged or of another program."
        )
    return found
