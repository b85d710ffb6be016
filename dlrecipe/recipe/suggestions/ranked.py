"""Suggestions by what they are expected to gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.ranking import rank
from dlrecipe.recipe.suggestions.reasons import reasons
from dlrecipe.recipe.texts import points
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.ranking import Ranked
    from dlrecipe.recipe.suggestions.case import Case
    from dlrecipe.results.diagnosis import Purpose

WORTH = 0.01  # a dev error that is a point lower is worth a training
SECOND = 0.25  # of the best one's gain is worth a place in the list
LISTED = 6
TREATS_VARIANCE = frozenset({"l2", "l1", "dropout", "early_stopping", "smaller_network"})


def ranked(case: Case) -> tuple[Suggestion, ...]:
    """Return what is worth a training, best first; empty where no change is expected to gain a point."""
    found = rank(case.run, case.diagnosis.figures)
    if not found or found[0].gain < WORTH:
        return ()
    enough = SECOND * found[0].gain
    return tuple(_suggestion(case, each) for each in _one_of_each_id(found)[:LISTED] if each.gain >= enough)


def _one_of_each_id(found: list[Ranked]) -> list[Ranked]:
    """Return the best of each id; moves made together are one of their own."""
    best: dict[str, Ranked] = {}
    for each in found:
        best.setdefault(each.moves[0].id if len(each.moves) == 1 else "several", each)
    return list(best.values())


def _suggestion(case: Case, found: Ranked) -> Suggestion:
    move = found.moves[0]
    because = ". ".join([*_reasons(case, found), _promise(found)])
    if len(found.moves) == 1:
        return Suggestion(move.id, _purpose(case, move.id), move.title, f"{because}.", found.patch)
    title = _joined([move.title for move in found.moves])
    return Suggestion("several", _purpose(case, move.id), title, f"{because}.", found.patch)


def _reasons(case: Case, found: Ranked) -> Iterator[str]:
    """Each cause once."""
    yield from dict.fromkeys(sentence for move in found.moves for sentence in reasons(case, move))


def _promise(found: Ranked) -> str:
    """Say what it should bring; where a loss is possible, say that."""
    low, gain, high = (points(figure) for figure in (found.low, found.gain, found.high))
    return f"Expected to lower the dev error by about {gain} ({low.split()[0]} to {high} in 4 of 5 such runs)"


def _purpose(case: Case, id_: str) -> Purpose:
    """Return the gap that it treats: its own where that is high, else the one that is."""
    own: Purpose = "variance" if id_ in TREATS_VARIANCE else "bias"
    if case.high(own):
        return own
    return case.worst


def _joined(titles: list[str]) -> str:
    """Return titles as one: `Use Adam, normalise the inputs and train longer`."""
    first, *others = [titles[0], *(title[0].lower() + title[1:] for title in titles[1:])]
    return f"{', '.join([first, *others[:-1]])} and {others[-1]}"
