"""What other seeds would have given: the luck of a training, beside the luck of the examples."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from dlrecipe.recipe.intervals import Z

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.recipe.intervals import Interval

_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
"""Student's 97.5 % quantiles for 1 to 10 degrees of freedom."""


def student(freedom: int) -> float:
    """Return Student's 97.5 % quantile; beyond ten degrees of freedom by its expansion about the normal's.

    Source: Abramowitz & Stegun (1964), 26.7.5.
    """
    if freedom <= len(_STUDENT):
        return _STUDENT[freedom - 1]
    first, second = (Z**3 + Z) / 4, (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3


def widened(error: float, interval: Interval, errors: Sequence[float]) -> Interval:
    """Return the 95 % interval of the error that trainings like this one have on new examples.

    The interval of one model knows the luck of its examples; how far its error is from the mean over seeds is
    t-distributed with the spread of the seeds. Both are independent and add by their squares, on each side.

    Args:
        error: Of the model that is judged, one of `errors`.
        interval: Its 95 % interval, from the examples alone.
        errors: Of trainings that differ in nothing but the seed, on the same examples; two or more.
    """
    luck = student(len(errors) - 1) * statistics.stdev(errors)
    low, high = interval
    below, above = math.hypot(error - low, luck), math.hypot(high - error, luck)
    return max(0.0, error - below), error + above
