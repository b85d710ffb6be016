"""Against variance where the inputs are pictures: moved copies are new examples that cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.results import Settings

SHIFT = "data.augment.shift"
PART = 14  # of a picture's shorter side is as far as things in it are moved: 2 pixels of 28
SMALLEST = 4  # pixels of a side: what is less is hardly a picture, but perhaps a series of three values
FARTHEST = 4  # times that is no longer a small move


def first_shift(settings: Settings) -> int | None:
    """Return the pixels to move training pictures by; None without any, or where they are varied already.

    It never mirrors them: whether a mirrored picture is of the same class, only its owner knows.
    """
    if settings.image is None or are_varied(settings) or settings.optimizer == "lbfgs":
        return None
    if min(settings.image[:2]) < SMALLEST:
        return None
    return _step(settings.image)


def are_varied(settings: Settings) -> bool:
    """Return whether training pictures are moved or mirrored."""
    return settings.shift > 0 or bool(settings.flip)


def farther(settings: Settings) -> int | None:
    """Return twice the present shift; None where that is no small move any more."""
    shift = 2 * settings.shift
    if settings.image is None or not 0 < shift <= FARTHEST * _step(settings.image) < min(settings.image[:2]):
        return None
    return shift


def size_in_words(settings: Settings) -> str:
    """Return the size of the pictures as `28 × 28 pixels`."""
    height, width = (settings.image or (0, 0, 0))[:2]
    return f"{height} × {width} pixels"


def _step(image: tuple[int, int, int]) -> int:
    return max(1, round(min(image[:2]) / PART))
