"""Against bias and variance at once: a bigger network that is regularised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions import bias, variance
from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case


def several(case: Case) -> Suggestion | None:
    """The bigger network's patch with the first regularisation that applies."""
    bigger = bias.bigger_network(case)
    regularization = variance.l2(case) or variance.dropout(case)
    if bigger is None or regularization is None:
        return None
    first, second = (gap_in_words(case.diagnosis, name) for name in ("bias", "variance"))
    because = (
        f"{first}; {second[0].lower() + second[1:]}. A bigger network lowers the first, and regularised "
        "it need not raise the second."
    )
    patch = {**(bigger.patch or {}), **(regularization.patch or {})}
    return Suggestion("several", "bias", "A bigger network, regularised", because, patch)
