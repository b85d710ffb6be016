"""Inverted dropout: which units of a hidden layer are kept, divided by how probable that was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.arrays import Floats


def threshold(keep_prob: float) -> tuple[int, int]:
    """How a keep_prob is drawn from raw random integers: keep where the integer is below `cut` of `range`.

    One byte serves where it meets keep_prob within 0.1 %, else two. Masks are divided by the exact
    probability cut / range, so that E[z] is preserved exactly.

    Returns:
        (cut, range), range being 2⁸ or 2¹⁶.
    """
    for span in (2**8, 2**16):
        cut = round(keep_prob * span)
        if abs(cut / span - keep_prob) <= 0.001 * keep_prob:
            return cut, span
    return max(cut, 1), span


def fill_mask(mask: Floats, keep_prob: float, rng: np.random.Generator) -> None:
    """Fill a contiguous float array with 1/p where a unit is kept (probability p) and 0 where it is not."""
    cut, span = threshold(keep_prob)
    kind = np.uint8 if span == 2**8 else np.uint16
    words = -(-mask.size * np.dtype(kind).itemsize // 8)
    raw = rng.bit_generator.random_raw(words).view(kind)[: mask.size]
    np.less(raw, cut, out=mask.reshape(-1))
    mask *= span / cut


def draw_masks(
    units: Sequence[int], keep_prob: Sequence[float], examples: int, rng: np.random.Generator
) -> list[Floats | None]:
    """Draw one mask (examples × units) per hidden layer in float64; None where every unit is kept.

    Args:
        units: Sizes of the hidden layers.
        keep_prob: Probability that a unit is kept, for each.
        examples: Rows of the masks.
        rng: The dropout stream.
    """
    if len(units) != len(keep_prob):
        raise UsageError(
            f"keep_prob must have one number per hidden layer ({len(units)}). Got {len(keep_prob)}."
        )
    masks: list[Floats | None] = []
    for n, keep in zip(units, keep_prob, strict=True):
        mask = np.empty((examples, n)) if keep < 1 else None
        if mask is not None:
            fill_mask(mask, keep, rng)
        masks.append(mask)
    return masks
