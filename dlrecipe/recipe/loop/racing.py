"""When a training is hopeless: judged at a third of its epochs, against the best run's curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.loop.work import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results import Epoch

PART = 3  # a candidate is judged after one in this many of its epochs
MARGIN = 2.0  # standard errors that a candidate must be behind


def judged_at(epochs: int, work: float) -> int | None:
    """Return the epoch at which a candidate is judged; None where a judgement would save nothing.

    Args:
        epochs: That it may train in all.
        work: What they cost.
    """
    return None if epochs < 2 * PART or work < NOTHING else math.ceil(epochs / PART)


def hopeless(candidate: Sequence[Epoch], best: Sequence[Epoch], epochs: int, error_sd: float, n: int) -> bool:
    """Return whether a candidate cannot be expected to win any more.

    It is, if its dev error is clearly behind the best run's at the same epoch, its dev loss is behind too,
    and even if it went on falling as fast as in its second half it would not get to where that one ended.
    Curves flatten, so that is more than it can hope for.

    Args:
        candidate: Its evaluations so far.
        best: The best run's evaluations.
        epochs: What the candidate may train in all.
        error_sd: Spread of single examples' errors, of the best run.
        n: Dev examples.
    """
    now = len(candidate) - 1
    reached, halfway = _lowest(candidate), _lowest(candidate[: now // 2 + 1])
    rival = best[: now + 1]
    margin = MARGIN * error_sd * math.sqrt(2 / n)
    if reached <= _lowest(rival) + margin or _lowest_loss(candidate) <= _lowest_loss(rival):
        return False
    pace = (halfway - reached) / max(1, now - now // 2)
    return reached - pace * (epochs - now) > _lowest(best)


def _lowest(rows: Sequence[Epoch]) -> float:
    return min(row.dev_error for row in rows)


def _lowest_loss(rows: Sequence[Epoch]) -> float:
    return min(row.dev_loss for row in rows)
