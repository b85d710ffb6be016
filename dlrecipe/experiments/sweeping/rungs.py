"""When a training is given up: at rungs, epochs at which it is compared with those before it.

Source: Li, Jamieson, Rostamizadeh et al. (2020), A system for massively parallel hyperparameter tuning.
There, trainings wait to be promoted; here each is judged at once, by those of lower numbers alone,
so that the same trainings are given up however many workers there are.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dlrecipe.config.sweep_section import Pruning
    from dlrecipe.results import Epoch

RUNGS = 3
"""Rungs of a training where none is given."""


def rungs(pruning: Pruning, epochs: int) -> tuple[int, ...]:
    """Return the epochs at which trainings are compared, each `factor` times the one before.

    Args:
        pruning: The first rung, and the factor.
        epochs: Of a whole training.
    """
    factor = pruning.factor
    reached: float = pruning.min_epochs or max(1, math.ceil(epochs / factor**RUNGS))
    found = []
    while reached < epochs:
        found.append(math.ceil(reached))
        reached *= factor
    return tuple(found)


def bars(pruning: Pruning, reached: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """Return for each rung the dev error not to be exceeded there, to be among the best 1/factor.

    Args:
        pruning: The factor.
        reached: Of each earlier training, its best dev error at each rung it came to. A rung that fewer than
            `factor` came to has no bar.
    """
    at: dict[int, list[float]] = {}
    for errors in reached:
        for rung, error in errors.items():
            at.setdefault(rung, []).append(error)
    return {
        rung: sorted(errors)[math.ceil((len(errors) + 1) / pruning.factor) - 1]
        for rung, errors in at.items()
        if len(errors) >= pruning.factor
    }


def best_by(history: tuple[Epoch, ...], rung: int) -> float:
    """Return the lowest dev error up to an epoch; the history has a row for each, and one before."""
    return min(epoch.dev_error for epoch in history[: rung + 1])
