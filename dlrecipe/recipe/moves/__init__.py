"""The changes that could be tried after a run, each sized for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.move import Move, Patch, compatible, merged
from dlrecipe.recipe.moves.penalty import keep_probs, lambdas
from dlrecipe.recipe.moves.size import sizes
from dlrecipe.recipe.moves.start import starts
from dlrecipe.recipe.moves.steps import lengths, optimizers, rates, stopping

if TYPE_CHECKING:
    from dlrecipe.recipe.evidence import Evidence

__all__ = ["Move", "Patch", "compatible", "merged", "single_moves"]


def single_moves(run: Evidence, m: int) -> tuple[Move, ...]:
    """Return every single change worth a thought after `run`, trained on `m` examples; in no order."""
    return (
        *rates(run),
        *optimizers(run),
        *lengths(run),
        *stopping(run),
        *sizes(run),
        *lambdas(run, m),
        *keep_probs(run),
        *starts(run),
    )
