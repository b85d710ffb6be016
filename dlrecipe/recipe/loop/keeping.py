"""Keep or revert: by a paired test on the dev examples, and where that is silent, by two measurements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.recipe.paired import paired_p
from dlrecipe.recipe.texts import percents, short

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.results.diagnosis import Task
    from dlrecipe.results.improvement import Outcome

SIGNIFICANT = 0.05
SLACK = 1.1
"""A second measurement that is worse by no more than this contradicts nothing: it has noise too."""


@dataclass(frozen=True)
class Measured:
    """A model on the dev set.

    Attributes:
        errors: On each example: 0 or 1; regression: its squared deviation.
        miss: How far its predictions are off on average: the squared distance of the probabilities from the
            truth (Brier's score); regression: the absolute deviation.
    """

    errors: NDArray[np.float64]
    miss: float

    @property
    def error(self) -> float:
        """The dev error."""
        return float(np.mean(self.errors))


class Judgement(NamedTuple):
    """Whether a change is kept, and why."""

    kept: bool
    outcome: Outcome
    p_value: float
    reason: str


def judge(best: Measured, new: Measured, task: Task) -> Judgement:
    """Compare a new model with the best so far, on the same dev examples.

    A difference with p < 0.05 decides. A smaller one is within noise; then a lower dev error is kept unless a
    second measurement contradicts it, and the same dev error only if the second is better. The second is how
    far the predictions are off: it sees more than right or wrong, and unlike the loss a few examples that a
    model is very sure of cannot move it much. So the dev error of what is kept never rises, and a draw goes
    to the config that is there.
    """
    p = paired_p(new.errors, best.errors, task)
    before, after = percents(best.error, new.error) if new.error != best.error else (None, None)
    change = f"dev error {before} -> {after}" if before else "the same dev error"
    figures = f"{change} (p = {short(p)})"
    if p < SIGNIFICANT:
        kept = new.error < best.error
        return Judgement(kept, "better" if kept else "worse", p, f"{figures}: more than chance.")
    if new.error == best.error and new.miss == best.miss:
        return Judgement(False, "within noise", p, f"{figures}, and the predictions are no better.")
    miss = _apart(best.miss, new.miss)
    seconds = f"Brier score {miss}" if task == "classification" else f"mean absolute deviation {miss}"
    if new.error > best.error:
        return Judgement(False, "within noise", p, f"{figures}: within noise, and not better.")
    slack = SLACK if new.error < best.error else 1.0
    kept = new.miss < slack * best.miss
    says = f"{seconds} does not contradict it" if kept else f"{seconds} contradicts it"
    return Judgement(kept, "within noise", p, f"{figures}: within noise; {says}.")


def _apart(before: float, after: float) -> str:
    """Return a change with the digits it takes to see it."""
    for digits in range(3, 7):
        texts = [f"{value:.{digits}g}" for value in (before, after)]
        if texts[0] != texts[1]:
            break
    return " -> ".join(texts)
