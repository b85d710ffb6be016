"""Examples that are images: their shape, and their grey values."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.data import Dataset

_PLACE = re.compile(r"pixel_(\d+)_(\d+)")
_NUMBER = re.compile(r"pixel_?\d+")
_NOTE = re.compile(r"images of shape \((\d+), (\d+)\) are flattened")
LARGEST = 128  # rows and columns of a picture that a report can hold


def image_shape(dataset: Dataset) -> tuple[int, int] | None:
    """Return (height, width) where the inputs are images, as the columns' names or the file's shape say."""
    names = [str(name) for name in dataset.encoder.columns]
    shape = _of_file(dataset.notes) or _of_places(names) or _of_numbers(names)
    if shape is None or math.prod(shape) != len(names) or max(shape) > LARGEST:
        return None
    return shape


def picture(values: NDArray[np.float64], shape: tuple[int, int], low: float, high: float) -> Picture:
    """Return an image's values as grey: `low` black, `high` white."""
    grey = np.clip((values - low) / ((high - low) or 1.0), 0, 1) * 255
    return Picture(shape[1], shape[0], grey.round().astype(np.uint8).tobytes())


def _of_file(notes: tuple[str, ...]) -> tuple[int, int] | None:
    found = next((match for note in notes if (match := _NOTE.search(note))), None)
    return (int(found[1]), int(found[2])) if found else None


def _of_places(names: list[str]) -> tuple[int, int] | None:
    places = [_PLACE.fullmatch(name) for name in names]
    if not all(places):
        return None
    rows, columns = zip(*((int(place[1]), int(place[2])) for place in places if place), strict=True)
    return max(rows) + 1, max(columns) + 1


def _of_numbers(names: list[str]) -> tuple[int, int] | None:
    side = math.isqrt(len(names))
    return (side, side) if all(_NUMBER.fullmatch(name) for name in names) else None
