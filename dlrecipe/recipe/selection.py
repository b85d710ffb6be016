"""What is left of a dev error that was the best of several: choosing on a set uses it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.recipe.intervals import error_interval
from dlrecipe.results.improvement import Honesty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dlrecipe.results.diagnosis import Task

RESAMPLES = 1000
AT_ONCE = 100  # resamples in memory together


def corrected_for_choice(errors: Sequence[NDArray[np.float64]], chosen: int, task: Task) -> Honesty | None:
    """Return the error to expect from the chosen model on new data; None where nothing was chosen.

    The dev examples are resampled; on each resample the best model is chosen again, and measured on the
    examples the resample left out, which had no say in the choice. The mean of that is what to expect. That
    every training chose its epoch by the same dev set is not in it.

    Args:
        errors: Of each finished training on each dev example; all on the same examples.
        chosen: Which of them was kept.
        task: What an error means.

    Source: Tsamardinos, Greasidou & Borboudakis (2018), Bootstrapping the out-of-sample predictions for
        efficient and accurate cross-validation.
    """
    if len(errors) < 2 or len(errors[0]) < 2:
        return None
    table = np.stack(errors)
    own = table[chosen]
    measured = float(np.mean(own))
    corrected = max(measured, float(np.mean(_left_out_errors(table))))
    interval = error_interval(corrected, len(own), task, float(np.std(own)))
    return Honesty(len(errors), corrected, corrected - measured, interval)


def _left_out_errors(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each resample the error of the model it chooses, on the examples it left out."""
    rng, n = np.random.default_rng(0), table.shape[1]
    found = []
    for _ in range(0, RESAMPLES, AT_ONCE):
        weights = rng.multinomial(n, np.full(n, 1 / n), AT_ONCE).astype(np.float64)
        left_out = (weights == 0).astype(np.float64)
        best = np.argmin(weights @ table.T, axis=1)[:, None]
        errors = left_out @ table.T / np.maximum(left_out.sum(axis=1, keepdims=True), 1)
        found.append(np.take_along_axis(errors, best, 1)[:, 0])
    return np.concatenate(found)
