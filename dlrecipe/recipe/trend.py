"""Reading a history: is the loss still falling, does the cost jump about, did anything move at all."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results.training import Epoch

WORTHWHILE = 0.05  # a fall of the loss below this part of it is not worth waiting for
AT_LEAST, AT_MOST = 2.0, 4.0  # how many times as long one more training may be


class Outlook(NamedTuple):
    """Where the loss would go: from `now` to `later` when trained `times` as long."""

    now: float
    later: float
    times: float


def outlook(history: Sequence[Epoch]) -> Outlook | None:
    """Return how far the loss would still fall, or None where it has flattened.

    The last three windows of a tenth of the epochs each give the fall and how quickly it fades; the fall
    is continued as a geometric series until nine tenths of it are had, within 2 to 4 times the epochs.
    """
    losses = [epoch.loss for epoch in history if math.isfinite(epoch.loss)]
    epochs = len(losses) - 1
    if epochs < 1:
        return None
    width = max(1, len(losses) // 10)
    before, middle, now = (_window(losses, back, width) for back in (2, 1, 0))
    fall = middle - now
    if fall <= 2 * _noise(losses[-3 * width :]) * math.sqrt(2 / width):
        return None
    fading = min(0.97, max(0.3, fall / (before - middle))) if before > middle else 0.97
    times = min(AT_MOST, max(AT_LEAST, 1 + math.log(0.1) / math.log(fading) * width / epochs))
    windows = (times - 1) * epochs / width
    later = max(0.0, now - fall * fading * (1 - fading**windows) / (1 - fading))
    return Outlook(now, later, times) if later < (1 - WORTHWHILE) * now else None


def moved(history: Sequence[Epoch]) -> float:
    """Return by which fraction the cost has fallen since before training; negative where it rose."""
    costs = _costs(history)
    return 1 - costs[-1] / costs[0] if len(costs) > 1 and costs[0] > 0 else 0.0


def unstable(history: Sequence[Epoch]) -> bool:
    """Return whether the cost shot up above its start, or jumps about in the second half of training.

    Jumping: a third of the steps go up, and the steps are a tenth of the cost on average.
    """
    costs = _costs(history)
    if len(costs) < 2:
        return False
    if max(costs[1:]) > 1.5 * costs[0]:
        return True
    half = costs[len(costs) // 2 :]
    steps = _steps(half)
    rises = sum(step > 0 for step in steps)
    return (
        len(steps) >= 3
        and 3 * rises >= len(steps)
        and _mean([abs(step) for step in steps]) > 0.1 * _mean(half)
    )


def smooth(history: Sequence[Epoch]) -> bool:
    """Return whether the cost fell at every step of the second half of training."""
    costs = _costs(history)
    steps = _steps(costs[len(costs) // 2 :])
    return len(steps) > 0 and max(steps) < 0


def turn(history: Sequence[Epoch]) -> Epoch | None:
    """Return the epoch of the lowest dev loss, where it lies well before the end and the loss rose after."""
    rows = [epoch for epoch in history if math.isfinite(epoch.dev_loss)]
    if not rows:
        return None
    best = min(rows, key=lambda epoch: epoch.dev_loss)
    early = best.epoch <= 0.8 * rows[-1].epoch
    return best if early and rows[-1].dev_loss > 1.05 * best.dev_loss else None


def _costs(history: Sequence[Epoch]) -> list[float]:
    return [epoch.cost for epoch in history if math.isfinite(epoch.cost)]


def _steps(values: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(values)]


def _window(values: Sequence[float], back: int, width: int) -> float:
    """Return the mean of the window that lies `back` windows before the end, cut off at the start."""
    end = max(1, len(values) - back * width)
    return _mean(values[max(0, end - width) : end])


def _noise(values: Sequence[float]) -> float:
    """Return the standard deviation of the values about their trend, from the spread of their steps."""
    steps = _steps(values)
    if len(steps) < 3:
        return 0.0
    centre = _mean(steps)
    return math.sqrt(_mean([(step - centre) ** 2 for step in steps]) / 2)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
