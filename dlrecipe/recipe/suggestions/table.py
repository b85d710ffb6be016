"""What to do next: what is expected to gain most first, then what the lecture has besides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dlrecipe.recipe.commands import command_line
from dlrecipe.recipe.suggestions.case import Case
from dlrecipe.recipe.suggestions.lecture import remedies
from dlrecipe.recipe.suggestions.measurement import bigger_dev_set
from dlrecipe.recipe.suggestions.mismatch import data_like_dev
from dlrecipe.recipe.suggestions.rules import CAUSES, by_rules, by_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.results import Diagnosis, Suggestion

OPPOSITES = {
    "raise_learning_rate": {"lower_learning_rate"},
    "lower_learning_rate": {"raise_learning_rate"},
    "bigger_network": {"smaller_network"},
    "smaller_network": {"bigger_network"},
    "less_regularization": {"l2", "l1", "dropout"},
    "l2": {"less_regularization"},
    "l1": {"less_regularization"},
    "dropout": {"less_regularization"},
}
"""What a suggestion would undo."""


def suggest(diagnosis: Diagnosis, run: Evidence | None, command: str | None) -> tuple[Suggestion, ...]:
    """Return what to do next, best first and each id once.

    Args:
        diagnosis: The verdict; its figures have a train size where `run` is given.
        run: What is known of the run; without it the suggestions name no settings.
        command: What a suggestion's settings are appended to.
    """
    found = list(_consistent(_found(diagnosis, run)))
    if command is None:
        return tuple(found)
    return tuple(
        suggestion
        if suggestion.patch is None
        else replace(suggestion, command=command_line(command, suggestion.patch))
        for suggestion in found
    )


def _found(diagnosis: Diagnosis, run: Evidence | None) -> Iterator[Suggestion]:
    if run is None:
        yield from remedies(diagnosis)
    else:
        yield from _of_run(Case(diagnosis, run, diagnosis.figures.train_size or 1))
        if run.stopped == "diverged":
            return
    doubt = bigger_dev_set(diagnosis)
    if doubt is not None:
        yield doubt


def _of_run(case: Case) -> Iterator[Suggestion]:
    """Yield what is worth a training by its expected gain, then the rules' remedies.

    Where nothing is expected to gain a point, only what was not asked about is left of the remedies: what
    no setting can do, and moved pictures.
    """
    worthwhile = _worthwhile(case)
    by_hand = [data_like_dev(case.diagnosis)] if case.high("mismatch") else []
    if case.run.stopped == "diverged":
        yield from by_table(CAUSES, case)
    yield from worthwhile
    if not case.ended:
        yield from by_rules(case)
    elif worthwhile or case.run.stopped == "diverged":
        yield from by_hand
        yield from by_rules(case)
    else:
        yield from by_hand
        yield from (suggestion for suggestion in by_rules(case) if _is_unranked(suggestion))


def _is_unranked(suggestion: Suggestion) -> bool:
    """Whether the learned ranking knows nothing of it: its problems have no pictures."""
    return suggestion.patch is None or suggestion.id == "more_data"


def _worthwhile(case: Case) -> tuple[Suggestion, ...]:
    """Return the ranked changes of a run that ended, where there is something to gain."""
    treatable = case.high("bias") or case.high("variance") or case.run.stopped == "diverged"
    if not (case.ended and treatable):
        return ()
    from dlrecipe.recipe.suggestions.ranked import ranked  # noqa: PLC0415  # figures alone need no NumPy

    return ranked(case)


def _consistent(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield each id once, and nothing that undoes what is ranked above it."""
    seen: set[str] = set()
    for suggestion in suggestions:
        if suggestion.id not in seen and not OPPOSITES.get(suggestion.id, set()) & seen:
            seen.add(suggestion.id)
            yield suggestion
