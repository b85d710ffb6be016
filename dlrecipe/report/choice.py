"""What the best of several is worth: the dev set that it was chosen on flatters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.texts import points
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from dlrecipe.results import Honesty


def cost_of_choosing(dev_error: float, honesty: Honesty) -> str:
    """Say how much too low the dev error of the chosen one is, and what to expect of it.

    Args:
        dev_error: As measured, a fraction.
        honesty: What is left of it.
    """
    low, high = percents(*honesty.interval)
    return (
        f"It is the best of {honesty.candidates} on one dev set, so its {percent(dev_error)} is about "
        f"{points(honesty.optimism)} too low: expect {percent(honesty.corrected)} on new data (95 % interval "
        f"{low} to {high}). That each training chose its epoch by the same dev set is not in this."
    )
