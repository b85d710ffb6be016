"""Which changes are expected to gain most, alone and together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.recipe.moves import Move, compatible, merged, single_moves
from dlrecipe.recipe.ranking.model import load_model
from dlrecipe.recipe.ranking.signals import change_signals, excess, run_signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.recipe.moves import Patch
    from dlrecipe.results import Figures

STARTS = 5  # of the best single moves are tried with company
MOST = 5  # moves made together at most
EACH = 0.02  # share of the excess that each move more has to bring
CALMING = frozenset({"lower_learning_rate", "better_optimizer", "normalize_inputs"})
"""What can help a run that diverged, besides other initial weights: anything else would diverge as well."""

FITTED = 0.02  # a train error this little above the human error leaves nothing to fit
FITTING = frozenset({"train_longer", "raise_learning_rate", "bigger_network"})
"""What fits the training examples better: where they are fitted, these hit in 2 of 7 runs, the rest in 3."""


class Ranked(NamedTuple):
    """Moves made together (or one alone), and what they are expected to gain.

    Attributes:
        moves: The moves; the first is the one that helps most alone.
        patch: All of them as one patch.
        share: Predicted share of the excess error that goes away.
        gain: Expected gain of dev error, a fraction, …
        low, high: … which lies between these in four of five such runs.
    """

    moves: tuple[Move, ...]
    patch: Patch
    share: float
    gain: float
    low: float
    high: float


def rank(run: Evidence, figures: Figures) -> list[Ranked]:
    """Return the single moves and the best moves together, by expected gain; the best first."""
    moves = [move for move in single_moves(run, figures.train_size or 1) if _sensible(move, run, figures)]
    if not moves:
        return []
    oracle = _Oracle(run, figures)
    singles = _sorted(oracle.ranked([(move,) for move in moves]))
    together = _sorted(_grown(start, moves, oracle) for start in singles[:STARTS])
    best = [ranked for ranked in together if len(ranked.moves) > 1][:1]
    return _sorted([*singles, *best])


def expected_shares(run: Evidence, figures: Figures, patches: Sequence[Patch]) -> list[float]:
    """Return the share of the excess error that each patch is expected to remove."""
    return _Oracle(run, figures).shares(patches).tolist()


class _Oracle:
    """Predictions for one run."""

    def __init__(self, run: Evidence, figures: Figures) -> None:
        self.run, self.figures = run, figures
        self.known, self.model, self.excess = run_signals(run, figures), load_model(), excess(figures)

    def shares(self, patches: Sequence[Patch]) -> NDArray[np.float64]:
        """Return the share of the excess that each patch is expected to remove."""
        rows = [{**self.known, **change_signals(self.run, self.figures, patch)} for patch in patches]
        return self.model.shares(rows)

    def ranked(self, sets: list[tuple[Move, ...]]) -> list[Ranked]:
        """Return what each set of moves is expected to gain."""
        patches = [merged(moves) for moves in sets]
        shares = self.shares(patches)
        worth = self.excess * self.model.worth(shares)
        return [
            Ranked(moves, patch, share, gain, low, high)
            for moves, patch, share, (low, gain, high) in zip(
                sets, patches, shares.tolist(), worth.tolist(), strict=True
            )
        ]


def _grown(start: Ranked, moves: list[Move], oracle: _Oracle) -> Ranked:
    """Add the move that brings most, again and again, as long as it is worth it."""
    now = start
    while len(now.moves) < MOST:
        company = [move for move in moves if all(compatible(move, other) for other in now.moves)]
        if not company:
            return now
        best = max(oracle.ranked([(*now.moves, move) for move in company]), key=_share)
        if best.share < now.share + EACH:
            return now
        now = best
    return now


def _sensible(move: Move, run: Evidence, figures: Figures) -> bool:
    """Return whether a move can help at all, whatever the trees think of it."""
    if run.stopped == "diverged":
        return move.id in CALMING or set(move.patch) == {"network.init"}
    fitted = figures.train_error <= (figures.human_error or 0.0) + FITTED
    return not (fitted and move.id in FITTING)


def _sorted(ranked: Iterable[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=_share, reverse=True)


def _share(ranked: Ranked) -> float:
    return ranked.share
