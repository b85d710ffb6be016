"""Many looks at one dev set: p-values made larger, so that chance finds are not taken for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[float], family: int | None = None) -> tuple[float, ...]:
    """Return p-values that may be held against 0.05 however many there are, in the same order.

    The chance that any of them falls below 0.05 where nothing is there is then at most 5 %.

    Args:
        p_values: Of single tests.
        family: How many tests there could have been; at least, and by default, as many as p-values.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    tests = max(family or 0, len(p_values))
    corrected = [1.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (tests - rank) * p_values[at]))
        corrected[at] = highest
    return tuple(corrected)
