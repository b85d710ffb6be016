"""Moves of the regularisation: lambda and keep_prob, up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.move import Move
from dlrecipe.recipe.suggestions.network import keep_prob_patch
from dlrecipe.recipe.texts import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.evidence import Evidence

MILD, FIRM, STRONG = 0.003, 0.02, 0.1  # λ/m: how strongly weights decay, whatever the number of examples
ROOMY = 4  # a layer narrower than this has no unit to drop
FEWEST = 0.5  # dropout of more than half the units is rarely worth it


def lambdas(run: Evidence, m: int) -> Iterator[Move]:
    """A penalty that pulls less, or more."""
    settings = run.settings
    if settings.lambd > 0:
        lower = {"training.lambda": rounded(settings.lambd / 10)}
        yield Move("lambda", "less_regularization", "Lower lambda", lower)
        yield Move("lambda", "less_regularization", "Leave the penalty out", {"training.lambda": 0.0})
        if settings.l1_ratio > 0:
            l2 = {"training.lambda": rounded(FIRM * m), "training.l1_ratio": 0.0}
            yield Move("lambda", "l2", "Regularise with L2 instead of L1", l2)
    for strength in (MILD, FIRM, STRONG):
        higher = rounded(strength * m)
        if higher > 2 * settings.lambd:
            patch = {"training.lambda": higher}
            name = "l1" if settings.l1_ratio == 1 else "l2"
            yield Move("lambda", name, f"Regularise with {name.upper()}", patch)


def keep_probs(run: Evidence) -> Iterator[Move]:
    """Less dropout, or more."""
    settings, keep_prob = run.settings, run.settings.keep_prob
    if settings.optimizer == "lbfgs" or not keep_prob:
        return
    lowest = min(keep_prob)
    if lowest < 1:
        yield Move("dropout", "less_regularization", "Leave dropout out", {"network.keep_prob": 1.0})
    if lowest < 0.85:
        raised = keep_prob_patch([round((1 + keep) / 2, 2) for keep in keep_prob])
        yield Move("dropout", "less_regularization", "Drop fewer units", raised)
    for keep in (0.8, FEWEST):
        if keep < lowest - 0.1 and max(settings.layers) >= ROOMY:
            yield Move("dropout", "dropout", "Regularise with dropout", {"network.keep_prob": keep})
