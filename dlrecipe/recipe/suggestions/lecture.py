"""The recipe as the lecture has it, for figures whose run is not known: what to do, without settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.suggestions.mismatch import data_like_dev
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.results import Diagnosis
    from dlrecipe.results.diagnosis import Purpose


class Remedy(NamedTuple):
    """One line of the recipe: the suggestion's id and title, and what it does to the gap."""

    id: str
    title: str
    effect: str


RECIPE: dict[Purpose, tuple[Remedy, ...]] = {
    "bias": (
        Remedy("bigger_network", "Use a bigger network", "More hidden units or layers can fit more"),
        Remedy("train_longer", "Train longer", "It helps where the loss is still falling at the last epoch"),
        Remedy(
            "other_architecture", "Try another architecture", "One made for such data may fit it more easily"
        ),
    ),
    "variance": (
        Remedy("more_data", "Get more training data", "More examples leave less room for chance patterns"),
        Remedy("l2", "Regularise with L2", "A penalty on large weights keeps the fit simpler"),
        Remedy(
            "dropout", "Regularise with dropout", "Units that are dropped at random cannot rely on each other"
        ),
        Remedy(
            "early_stopping", "Stop early", "It helps where the dev error rose while the train error fell"
        ),
        Remedy(
            "other_architecture", "Try another architecture", "One made for such data may need fewer examples"
        ),
    ),
}


def remedies(diagnosis: Diagnosis) -> Iterator[Suggestion]:
    """Yield the lecture's remedies for every high gap, bias first."""
    for name, gap in diagnosis.gaps.items():
        if gap.level == "low":
            continue
        if name == "mismatch":
            yield data_like_dev(diagnosis)
            continue
        purpose: Purpose = "bias" if name == "bias" else "variance"
        for remedy in RECIPE[purpose]:
            because = f"{gap_in_words(diagnosis, name)}. {remedy.effect}."
            yield Suggestion(remedy.id, purpose, remedy.title, because)
