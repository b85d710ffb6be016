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


@dataclass(frozen=True)
class Measured:
    """A model on the dev set.

    Attributes:
        errors: On each example: 0 or 1; regression: its squared deviation.
        loss: Mean loss, nats.
    """

    errors: NDArray[np.float64]
    loss: float

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

    A difference with p < 0.05 decides. A smaller one is within noise; then the change is kept only if a
    second measurement agrees with a dev error that is not higher: the dev loss, for regression the mean
    absolute deviation, which few large residuals cannot move much. So the dev error of what is kept never
    rises, and a draw goes to the config that is there.
    """
    p = paired_p(new.errors, best.errors, task)
    before, after = percents(best.error, new.error) if new.error != best.error else (None, None)
    change = f"dev error {before} -> {after}" if before else "the same dev error"
    figures = f"{change} (p = {short(p)})"
    if p < SIGNIFICANT:
        kept = new.error < best.error
        return Judgement(kept, "better" if kept else "worse", p, f"{figures}: more than chance.")
    name, second_before, second_after = _second(best, new, task)
    agrees = second_after < second_before
    seconds = f"{name} {short(second_before)} -> {short(second_after)}"
    if new.error <= best.error and agrees:
        return Judgement(True, "within noise", p, f"{figures}: within noise; {seconds} is better too.")
    if new.error <= best.error:
        return Judgement(False, "within noise", p, f"{figures}: within noise; {seconds} is not better.")
    return Judgement(False, "within noise", p, f"{figures}: within noise, and not better.")


def _second(best: Measured, new: Measured, task: Task) -> tuple[str, float, float]:
    if task == "classification":
        return "dev loss", best.loss, new.loss
    before, after = (float(np.mean(np.sqrt(model.errors))) for model in (best, new))
    return "mean absolute deviation", before, after
