"""The penalty's two-sided differences in closed form, straight from its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.gradcheck.differences import absolute_change

if TYPE_CHECKING:
    from dlrecipe.nn import Penalty
    from dlrecipe.nn.arrays import Floats


def penalty_differences(penalty: Penalty, w: Floats, m: int, epsilon: float) -> tuple[Floats, Floats]:
    """The two-sided difference of (λ/2m)·(ρ|w| + (1−ρ)w²) for each weight.

    Neither the penalty's own value nor its gradient is used, so that an error they share is found.

    Args:
        penalty: λ and ρ.
        w: All weights.
        m: Number of training examples.
        epsilon: ε.

    Returns:
        The difference on the smooth piece of |w| on which each weight lies, at w = 0 with the penalty's own
        convention of 0; and what the corner of |w| adds to it where ±ε meets it.
    """
    up, down = np.full_like(w, epsilon), np.full_like(w, -epsilon)
    squares = up * (2 * w + up) - down * (2 * w + down)
    across = absolute_change(w, up) - absolute_change(w, down)
    piece = 2 * epsilon * np.sign(w)
    scale, ratio = penalty.lambd / (2 * m) / (2 * epsilon), penalty.l1_ratio
    corner = np.where(np.abs(w) <= epsilon, across - piece, 0)
    return scale * (ratio * piece + (1 - ratio) * squares), scale * ratio * corner
