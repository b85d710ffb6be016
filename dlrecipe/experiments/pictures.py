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

Shape = tuple[int, int, int]  # height, width, channels

_PLACE = re.compile(r"pixel_(\d+)_(\d+)")
_NUMBER = re.compile(r"pixel_?\d+")
_NOTE = re.compile(r"images of shape \((\d+(?:, \d+)+)\) are flattened")
LARGEST = 128  # rows and columns of a picture that a report can hold
MOST_CHANNELS = 4  # colours, and how opaque they are


def image_shape(dataset: Dataset) -> Shape | None:
    """Return (height, width, channels) where the inputs are images, as the file or the columns' names say."""
    names = [str(name) for name in dataset.encoder.columns]
    own = shape_of_file(dataset)
    sides = own or _of_places(names) or _of_numbers(names)
    if sides is None or math.prod(sides) != len(names):
        return None
    channels = sides[2] if len(sides) == 3 else 1
    return (sides[0], sides[1], channels) if channels <= MOST_CHANNELS else None


def shape_of_file(dataset: Dataset) -> tuple[int, ...] | None:
    """Return the shape of an example in a file of images, as the file has it."""
    found = next((match for note in dataset.notes if (match := _NOTE.search(note))), None)
    return tuple(map(int, found[1].split(", "))) if found else None


def can_be_drawn(shape: Shape | None) -> bool:
    """Whether a report can show such images: grey ones, and not too large."""
    return shape is not None and shape[2] == 1 and max(shape) <= LARGEST


def in_words(shape: Shape) -> str:
    """Return a shape as one writes it: `28 × 28`, and the channels where there are several."""
    return " × ".join(map(str, shape if shape[2] > 1 else shape[:2]))


def picture(values: NDArray[np.float64], shape: Shape, low: float, high: float) -> Picture:
    """Return a grey image's values as grey: `low` black, `high` white."""
    grey = np.clip((values - low) / ((high - low) or 1.0), 0, 1) * 255
    return Picture(shape[1], shape[0], grey.round().astype(np.uint8).tobytes())


def _of_places(names: list[str]) -> tuple[int, int] | None:
    places = [_PLACE.fullmatch(name) for name in names]
    if not all(places):
        return None
    rows, columns = zip(*((int(place[1]), int(place[2])) for place in places if place), strict=True)
    return max(rows) + 1, max(columns) + 1


def _of_numbers(names: list[str]) -> tuple[int, int] | None:
    side = math.isqrt(len(names))
    return (side, side) if all(_NUMBER.fullmatch(name) for name in names) else None
