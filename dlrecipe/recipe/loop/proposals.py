"""What to try next: all strongly indicated causes together, single suggestions by rank, then neighbours."""

from __future__ import annotations

import math
from itertools import combinations, islice
from typing import TYPE_CHECKING

from dlrecipe.recipe.loop.fresh import fresh_start
from dlrecipe.recipe.loop.neighbours import Neighbour, neighbours
from dlrecipe.recipe.loop.proposal import Proposal
from dlrecipe.recipe.loop.work import NOTHING, work_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.results import Diagnosis, Settings, Suggestion

TOGETHER = {
    "lower_learning_rate",
    "raise_learning_rate",
    "normalize_inputs",
    "better_optimizer",
    "less_regularization",
    "bigger_network",
    "train_longer",
    "early_stopping",
    "l2",
}
"""Suggestions that name a cause; the rest are alternatives, which are tried one at a time."""

QUICKER = {"raise_learning_rate", "normalize_inputs", "better_optimizer"}
"""With one of these, more epochs may not be needed; they would only cost time."""

COSTLY = 4  # times the work counts as much as having failed once
PAIRED = 8  # neighbours that are also tried two at a time


def proposals(
    diagnosis: Diagnosis,
    run: Evidence,
    failures: Mapping[str, float],
    latest: str | None,
    usual: float = NOTHING,
) -> list[Proposal]:
    """Return what could be tried on the best run, best first; the same change may come twice.

    What failed is tried after what did not. What costs four times as much as usual counts as if it had failed
    once already, sixteen times twice: networks that grow and train longer at every step soon cost more than
    all other ideas together.

    Args:
        diagnosis: Of the best run; its suggestions are best first.
        run: What is known of the best run.
        failures: How often each suggestion failed.
        latest: The suggestion that made this run the best: another move in its direction comes first.
        usual: The work of the config that was given.
    """
    m, settings = diagnosis.figures.train_size or 1, run.settings
    first, *rest = [
        *_together(diagnosis.suggestions),
        *_single(diagnosis.suggestions),
        *_moves(settings, m, latest),
    ]

    def doubt(proposal: Proposal) -> float:
        costlier = work_of(settings, proposal.patch, m) / max(usual, NOTHING)
        return failures.get(proposal.kin, 0) + max(0, int(math.log(costlier, COSTLY)))

    return sorted([first, fresh_start(run, diagnosis.figures), *rest], key=doubt)


def _together(suggestions: Iterable[Suggestion]) -> Iterator[Proposal]:
    """Yield one proposal of every cause that is indicated; where two set the same key, the better ranked.

    Where the best suggestion is several changes already, they were chosen to go together.
    """
    causes: list[Suggestion] = []
    for number, suggestion in enumerate(suggestions):
        if number == 0 and suggestion.id == "several":
            return
        if suggestion.patch is None or suggestion.id not in TOGETHER:
            continue
        if suggestion.id == "train_longer" and any(cause.id in QUICKER for cause in causes):
            continue
        if not any(set(suggestion.patch) & set(cause.patch or {}) for cause in causes):
            causes.append(suggestion)
    if len(causes) > 1:
        patch = {key: value for cause in causes for key, value in (cause.patch or {}).items()}
        titles = ", ".join(f"{cause.title[0].lower()}{cause.title[1:]}" for cause in causes)
        because = f"All that is indicated, together: {titles}."
        yield Proposal("several", patch, because, "together")


def _single(suggestions: Iterable[Suggestion]) -> Iterator[Proposal]:
    for suggestion in suggestions:
        if suggestion.patch is not None:
            yield Proposal(suggestion.id, suggestion.patch, suggestion.because, "suggestion")


def _moves(settings: Settings, m: int, latest: str | None) -> Iterator[Proposal]:
    """Yield the neighbours, those in the direction that helped first, then pairs of them."""
    ordered = sorted(neighbours(settings, m), key=lambda move: move.suggestion != latest)
    for move in ordered:
        yield Proposal(move.suggestion, move.patch, f"A neighbouring setting: {move.words}.", "neighbour")
    for pair in combinations(islice(ordered, PAIRED), 2):
        if not set(pair[0].patch) & set(pair[1].patch):
            yield _pair(*pair)


def _pair(one: Neighbour, other: Neighbour) -> Proposal:
    because = f"Two neighbouring settings at once: {one.words}; {other.words}."
    return Proposal("several", {**one.patch, **other.patch}, because, "neighbour")
