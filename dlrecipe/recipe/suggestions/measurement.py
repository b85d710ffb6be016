"""Against doubt: enough examples to tell a gap from its threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.settling import Settlement, settle
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.results import Diagnosis


def bigger_dev_set(diagnosis: Diagnosis) -> Suggestion | None:
    """More held-out examples, where a level is not certain and they could make it so."""
    doubtful = doubts(diagnosis)
    if not doubtful:
        return None
    figures = diagnosis.figures
    have = [
        count(size, f"{part} example")
        for part, size in (("dev", figures.dev_size), ("train-dev", figures.train_dev_size))
        if size is not None
    ]
    levels = " and ".join(
        f"{diagnosis.gaps[name].level} {name} ({percent(diagnosis.gaps[name].confidence or 0.0)})"
        for name in doubtful
    )
    because = f"{' and '.join(have)} leave it uncertain whether the verdict is right: {levels}."
    sizes = [found.size for found in doubtful.values() if found.size is not None]
    if sizes:
        because += f" About {max(sizes):,} would settle it."
    return Suggestion("bigger_dev_set", "measurement", "Measure on more examples", because)


def doubts(diagnosis: Diagnosis) -> dict[str, Settlement]:
    """Return what would settle each uncertain level, where that is more held-out examples or nothing."""
    found = {name: settle(diagnosis, name) for name, gap in diagnosis.gaps.items() if gap.certain is False}
    return {name: settlement for name, settlement in found.items() if settlement.parts != ("train",)}
