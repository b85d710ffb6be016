"""When a training ends: early stopping and divergence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.results import Epoch

EXPLODED = 1e6
"""How many times its first value (or 1) J may reach before the training counts as diverged."""


def improves(epoch: Epoch, best: Epoch) -> bool:
    """Whether an evaluation has a strictly lower dev error, or an equal one with a lower dev loss."""
    return (epoch.dev_error, epoch.dev_loss) < (best.dev_error, best.dev_loss)


def diverged(epoch: Epoch, first: Epoch) -> bool:
    """Whether J is not finite, or above 10⁶·max(1, J before training)."""
    return not math.isfinite(epoch.cost) or epoch.cost > EXPLODED * max(1.0, first.cost)


def until_stale(epochs: Iterable[Epoch], patience: int | None) -> Iterator[tuple[Epoch, bool]]:
    """Pass evaluations on until `patience` of them in a row have not improved.

    Args:
        epochs: Evaluations, the one before training first.
        patience: None for never stopping early.

    Yields:
        Each evaluation, and whether it is the best so far.
    """
    best, stale = None, 0
    for epoch in epochs:
        better = best is None or improves(epoch, best)
        best, stale = (epoch, 0) if better or best is None else (best, stale + 1)
        yield epoch, better
        if patience is not None and stale >= patience:
            return
