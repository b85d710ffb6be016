"""Against mismatch: training data from the distribution that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.results import Diagnosis


def data_like_dev(diagnosis: Diagnosis) -> Suggestion:
    """Make the training examples more like the dev set's; no setting can do that."""
    because = (
        f"{gap_in_words(diagnosis, 'mismatch')}, though the model has seen neither set: the dev "
        "examples are of another kind. Look at those it gets wrong, and find or make training examples "
        "like them."
    )
    return Suggestion("data_like_dev", "mismatch", "Train on data like the dev set's", because)
