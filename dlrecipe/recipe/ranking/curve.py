"""A history as a few figures: where it is heading, how steadily, and where its best lay."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results import Epoch

MOST = 20.0  # a logarithm beyond this says no more
TINY = 1e-9
HIGHEST = 2.0  # an error above this says no more: a regression that ran away


def curve_signals(history: Sequence[Epoch], best_epoch: int) -> dict[str, float]:
    """Return what the curves of a run show; losses are compared by their logarithms."""
    losses = [_log(epoch.loss) for epoch in history]
    costs = [_log(epoch.cost) for epoch in history]
    dev = [_log(epoch.dev_loss) for epoch in history]
    last = len(history) - 1
    steps = [
        after - before for before, after in zip(costs[last // 2 :], costs[last // 2 + 1 :], strict=False)
    ]
    lowest = dev.index(min(dev))
    errors = [_bounded(epoch.dev_error) for epoch in history]
    returned = min(best_epoch, last)
    return {
        "loss_fall": losses[0] - losses[-1],
        "late_fall": losses[last - max(1, last // 5)] - losses[-1] if last else 0.0,
        "half_fall": losses[last // 2] - losses[-1],
        "cost_peak": max(costs) - costs[0],
        "cost_rises": sum(step > 0 for step in steps) / len(steps) if steps else 0.0,
        "cost_jumps": sum(map(abs, steps)) / len(steps) if steps else 0.0,
        "dev_loss_turn": lowest / last if last else 0.0,
        "dev_loss_rise": dev[-1] - dev[lowest],
        "dev_late_fall": errors[last - max(1, last // 5)] - errors[-1] if last else 0.0,
        "loss": losses[returned],
        "dev_loss": dev[returned],
        "best_epoch": returned / last if last else 0.0,
    }


def _bounded(error: float) -> float:
    """Return an error within what is compared, also where it is no number."""
    return min(HIGHEST, error) if math.isfinite(error) else HIGHEST


def _log(value: float) -> float:
    """Return a logarithm that is a number, whatever the value."""
    if not math.isfinite(value):
        return MOST
    return min(MOST, math.log(max(TINY, value)))
