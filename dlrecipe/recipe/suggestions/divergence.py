"""Against divergence: what was out of bounds before the first step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.network import default_init
from dlrecipe.recipe.texts import short
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case

USUAL = 10.0  # times what guessing costs: where a training begins whose weights and inputs are sound


def too_large_a_start(case: Case) -> Suggestion | None:
    """Initial weights of a size that no training begins with."""
    settings = case.settings
    usual = math.sqrt(2 / settings.inputs)
    if not starts_too_high(case) or isinstance(settings.init, str) or settings.init <= USUAL * usual:
        return None
    init = default_init(settings.activation)
    because = (
        f"{_high_start(case)}: the initial weights have a standard deviation of {short(settings.init)} "
        f"(usual: {short(usual)})."
    )
    patch = {"network.init": init}
    return Suggestion("other_architecture", "bias", f"Initialise with {init}", because, patch)


def too_large_inputs(case: Case) -> Suggestion | None:
    """Inputs that are used as they come, and come large."""
    if not starts_too_high(case) or case.settings.normalize:
        return None
    because = f"{_high_start(case)}: the inputs are used as they come, and are far from unit variance."
    return Suggestion("normalize_inputs", "bias", "Normalise the inputs", because, {"data.normalize": True})


def starts_too_high(case: Case) -> bool:
    """Return whether the loss before training was far above what guessing costs, or no number."""
    guessing = max(1.0, math.log(max(1, case.settings.outputs)))
    return not case.run.history[0].loss <= USUAL * guessing


def _high_start(case: Case) -> str:
    loss = case.run.history[0].loss
    found = short(loss) if math.isfinite(loss) else "no finite number"
    return f"The loss was {found} before the first step, where about 1 is usual"
