"""What error can be reached: from other models on the same split, and rows that contradict each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.intervals import Interval, error_interval
from dlrecipe.recipe.texts import percent
from dlrecipe.results import Attainable, NoiseBound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.results import Reference
    from dlrecipe.results.diagnosis import Task

ENOUGH = 10
"""Sets of repeated rows from which their disagreement says something."""


def error_of_disagreement(disagreement: float, classes: int) -> float:
    """Return the least error there can be where two rows with the same inputs differ in class this often.

    With class probabilities p the rows differ with probability 1 − Σp², and the best error is 1 − max p. The
    bound is convex, so that it also holds for the mean over many inputs.

    Args:
        disagreement: Probability that two such rows are of different classes.
        classes: How many there are, K.

    Source: Cover & Hart (1967), Nearest neighbor pattern classification.
    """
    most = (classes - 1) / classes
    return most * (1 - math.sqrt(max(0.0, 1 - disagreement / most)))


def noise_bound(
    disagreement: float, groups: int, share: float, task: Task, classes: int = 2
) -> NoiseBound | None:
    """Return the error that contradicting rows impose on every model.

    Args:
        disagreement: Classification: the probability that two rows of a set differ. Regression: the mean
            variance within a set / variance of the target, which is the noise itself.
        groups: Sets of rows with the same inputs.
        share: Fraction of all rows that are in one; the others count as free of noise.
        task: What the target is.
        classes: How many there are.

    Returns:
        None where there are fewer than 10 sets: they say too little.
    """
    if groups < ENOUGH:
        return None
    low, high = error_interval(disagreement, groups, task)

    def bound(value: float) -> float:
        error = error_of_disagreement(value, classes) if task == "classification" else value
        return share * error

    return NoiseBound(bound(disagreement), (bound(low), bound(high)), groups, share)


def attainable(references: Sequence[Reference], noise: NoiseBound | None) -> Attainable:
    """Return the error that can be reached on these data, as far as is known.

    The best reference has shown that its error can be reached. A better model may exist, so nothing but the
    noise bound limits it from below; the interval says how well the reachable error is measured.

    Args:
        references: Other models' dev errors on the same split; at least one.
        noise: The lower bound from repeated rows.
    """
    ranked = tuple(sorted(references, key=lambda reference: reference.error))
    best = ranked[0]
    error, (low, high) = best.error, best.interval
    because = f"The best of {len(ranked)} references, {best.name}, has a dev error of {percent(error)}."
    if noise is not None:
        floor = min(noise.interval[0], high)
        error, low = max(error, floor), max(low, floor)
        because += (
            f" Rows with the same inputs disagree so often ({noise.groups:,} sets of them) that no model "
            f"gets below about {percent(noise.error)}."
        )
    interval: Interval = (low, high)
    return Attainable(error, interval, because, ranked, noise)
