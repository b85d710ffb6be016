"""Augmentation: training pictures that are moved by some pixels and mirrored, anew in every step.

A picture is moved in units of its pixels, not in those that the network sees: where every input has a mean
and a scale of its own, a pixel that moves to its neighbour's place has to be normalised as the neighbour is.
What comes in from beyond the edge is background, a pixel of 0.

Source: P. Y. Simard, D. Steinkraus, J. C. Platt (2003), Best practices for convolutional neural networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats

Flip = Literal["horizontal", "vertical"]


@dataclass(frozen=True, slots=True, eq=False)
class Augmentation:
    """How training pictures are varied.

    Attributes:
        shape: Height and width in pixels, and channels; a row of X holds them in this order.
        shift: Pixels at most that a picture is moved up or down, and left or right.
        flip: The ways in which it may be mirrored.
        mean, scale: Of each input (n_0,): X is (pixels − mean)/scale.
    """

    shape: tuple[int, int, int]
    shift: int
    flip: tuple[Flip, ...]
    mean: NDArray[np.floating]
    scale: NDArray[np.floating]


class Augmenter:
    """Varies the pictures of one batch after the other, all of a batch at once.

    Each is moved with probability ½, by any number of pixels from −shift to shift, each way on its own, and
    mirrored with probability ½ in each way that is allowed. What is neither keeps its bits: dev pictures are
    not moved, and a network that saw hardly any as they are would be worse at them.
    """

    def __init__(self, augmentation: Augmentation, examples: int, dtype: np.dtype[np.floating]) -> None:
        """Make room.

        Args:
            augmentation: What is done.
            examples: Of the largest batch.
            dtype: Of the batches.
        """
        height, width, channels = augmentation.shape
        shift, lines = augmentation.shift, (height, width * channels)
        self._augmentation = augmentation
        self._mean, self._scale = augmentation.mean.astype(dtype), augmentation.scale.astype(dtype)
        self._pixels = np.empty((examples, height * width * channels), dtype)
        framed = np.zeros((examples, height + 2 * shift, (width + 2 * shift) * channels), dtype)
        beside = shift * channels
        self._inner = framed[:, shift : shift + height, beside : beside + width * channels]
        self._windows = sliding_window_view(framed, lines, axis=(1, 2))

    def __call__(self, X: Floats, rng: np.random.Generator) -> None:
        """Vary a batch in place.

        Args:
            X: Pictures as the network sees them (examples × n_0).
            rng: Decides what happens to each.
        """
        (height, width, channels), flips = self._augmentation.shape, self._augmentation.flip
        coins = rng.integers(2, size=(1 + len(flips), len(X)), dtype=np.int8).astype(bool)
        down, right = self._draw_shifts(coins[0], rng)
        which = np.flatnonzero((down != 0) | (right != 0) | coins[1:].any(axis=0))
        pixels = X.take(which, 0, self._pixels[: len(which)], "clip")
        pixels *= self._scale
        pixels += self._mean
        pictures = self._moved(pixels, down[which], right[which]).reshape(-1, height, width, channels)
        for mirrored, flip in zip(coins[1:, which], flips, strict=True):
            turned = pictures[mirrored]
            pictures[mirrored] = turned[:, :, ::-1] if flip == "horizontal" else turned[:, ::-1]
        np.subtract(pictures.reshape(pixels.shape), self._mean, out=pixels)
        pixels /= self._scale
        X[which] = pixels

    def _draw_shifts(
        self, moved: NDArray[np.bool_], rng: np.random.Generator
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pixels down and to the right for each picture; 0 for those that stay."""
        shift = self._augmentation.shift
        down, right = rng.integers(-shift, shift, size=(2, len(moved)), endpoint=True) * moved
        return down, right

    def _moved(self, pixels: Floats, down: NDArray[np.intp], right: NDArray[np.intp]) -> Floats:
        """The pixels of pictures, moved (examples × height × width·channels)."""
        shift, channels = self._augmentation.shift, self._augmentation.shape[2]
        inner = self._inner[: len(pixels)]
        inner[...] = pixels.reshape(inner.shape)
        return self._windows[np.arange(len(pixels)), shift - down, (shift - right) * channels]
