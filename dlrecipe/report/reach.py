"""Whether the examples that would settle a verdict can be had, and what to do where they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.settling import threshold
from dlrecipe.recipe.suggestions.measurement import doubts
from dlrecipe.recipe.texts import percents, points

if TYPE_CHECKING:
    from dlrecipe.results import Diagnosis


def out_of_reach(diagnosis: Diagnosis) -> str | None:
    """Say that a verdict cannot be settled with the data there are, and how little hangs on it; else None."""
    figures = diagnosis.figures
    have = sum(size or 0 for size in (figures.train_size, figures.train_dev_size, figures.dev_size))
    wanted = {name: found.size for name, found in doubts(diagnosis).items() if found.size is not None}
    if not wanted or max(wanted.values()) <= have:
        return None
    name = max(wanted, key=wanted.__getitem__)
    judged, high = diagnosis.gaps[name].judged, threshold(diagnosis)
    of, above = percents(judged, high)
    return (
        f"That is out of reach with the {have:,} examples there are. The {name} of {of} is only "
        f"{points(abs(judged - high))} from the {above} above which it is high: treat it as either, unless "
        "just that difference matters to you; then look for more data, or set recipe.tolerance to what "
        "you can accept."
    )
