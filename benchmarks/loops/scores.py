"""What a contender's choice was worth: at equal trainings, and at equal seconds."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.loops.contenders import Training
from benchmarks.loops.contest import OURS, RIVAL, TRAININGS, Contest
from benchmarks.verdict.figures import Figure, share

TIE = 0.002
"""True errors this near are a tie: 8000 fresh inputs tell no smaller difference."""

POINT = 0.01
"""Where less than this can be gained there is nothing to be shared."""

Figures = dict[str, Figure | None]


def figures(contests: Sequence[Contest]) -> dict[str, Figures]:
    """Every contender's figures, with intervals from drawing whole tasks."""
    return {name: _figures(contests, name) for name in contests[0].done}


def _figures(contests: Sequence[Contest], name: str) -> Figures:
    found = {
        "avoidable error removed": share(contests, lambda c: _removed(c.done[name], best_known(c))),
        "… of the way to the least error": share(contests, lambda c: _removed(c.done[name], c.bayes)),
        "CPU seconds": share(contests, lambda c: [c.done[name][:TRAININGS][-1].seconds]),
    }
    if name != OURS:
        found["improve wins + half the ties"] = share(contests, lambda c: [_win(c, name)])
        found["improve gains"] = share(contests, lambda c: [_after(c, name) - _after(c, OURS)])
    if name == RIVAL:
        found["improve gains at equal seconds"] = share(contests, lambda c: [_gain_at_equal_seconds(c)])
        found["improve wins + half the ties at equal seconds"] = share(
            contests, lambda c: [_score(_gain_at_equal_seconds(c))]
        )
    return found


def best_known(contest: Contest) -> float:
    """The least true error that any training of any contender reached: what these data are known to allow."""
    return min(
        training.true_error
        for done in contest.done.values()
        for training in done
        if training.true_error is not None
    )


def chosen(done: Sequence[Training]) -> float:
    """The true error of what a contender would return after these trainings."""
    return next(each.true_error for each in reversed(done) if each.chosen and each.true_error is not None)


def _after(contest: Contest, name: str) -> float:
    return chosen(contest.done[name][:TRAININGS])


def _removed(done: Sequence[Training], floor: float) -> list[float]:
    """Which share of what could be gained was; a loss counts as one, up to all of it."""
    start = chosen(done[:1])
    if start - floor < POINT:
        return []
    return [max(-1.0, min(1.0, (start - chosen(done[:TRAININGS])) / (start - floor)))]


def _win(contest: Contest, rival: str) -> float:
    return _score(_after(contest, rival) - _after(contest, OURS))


def _score(gain: float) -> float:
    return 0.5 if abs(gain) <= TIE else float(gain > 0)


def _gain_at_equal_seconds(contest: Contest) -> float:
    """By how much our choice is better than the rival's, who had the same seconds and its first training."""
    seconds = contest.done[OURS][-1].seconds
    first, *rest = contest.done[RIVAL]
    within = [first, *(training for training in rest if training.seconds <= seconds)]
    return chosen(within) - _after(contest, OURS)
