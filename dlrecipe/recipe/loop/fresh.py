"""A fresh start: what a careful person would begin with, whatever was tried before.

Which of several, the learned ranking says from the best run so far.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from dlrecipe.recipe.loop.proposal import Proposal
from dlrecipe.recipe.moves.move import KEEP_PROB
from dlrecipe.recipe.moves.patched import patched
from dlrecipe.recipe.moves.steps import BATCH
from dlrecipe.recipe.suggestions.network import default_init
from dlrecipe.recipe.texts import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.recipe.moves import Patch
    from dlrecipe.results import Figures

LAYERS = ([64], [32], [64, 64], [128])
RATES = (0.003, 0.001)
PENALTIES = (0.0, 0.003, 0.03)  # λ/m
KEPT = (1.0, 0.8)
STEPS = 6000  # that Adam is given at most; patience mostly ends it before
LONGEST, SHORTEST = 150, 20


def fresh_start(run: Evidence, figures: Figures) -> Proposal:
    """Return everything as it mostly trains well, for a config in which too much is wrong to be mended.

    Args:
        run: The best run; the patch names what is otherwise there.
        figures: Its errors.
    """
    from dlrecipe.recipe.ranking import expected_shares  # noqa: PLC0415  # figures alone need no NumPy

    starts = [_otherwise(run, start) for start in careful_starts(figures.train_size or 1)]
    shares = expected_shares(run, figures, starts)
    best = starts[shares.index(max(shares))]
    because = (
        "A fresh start: settings that mostly train well, should more than one thing be wrong with these."
    )
    return Proposal("several", best, because, "fresh start")


def _otherwise(run: Evidence, start: Patch) -> Patch:
    """Return what is otherwise in the run."""
    settings = run.settings
    patch = {key: value for key, value in start.items() if patched(settings, {key: value}) != settings}
    if len(settings.layers) != len(patched(settings, start).layers):
        patch[KEEP_PROB] = start[KEEP_PROB]  # a list would have one too many, or too few
    return patch


def careful_starts(m: int) -> Iterator[Patch]:
    """Yield whole configurations that mostly train well on m examples, the plainest first."""
    batch = min(BATCH, m)
    for layers, activation, rate, penalty, keep_prob in product(
        LAYERS, ("relu", "tanh"), RATES, PENALTIES, KEPT
    ):
        yield {
            "data.normalize": True,
            "network.layers": layers,
            "network.activation": activation,
            "network.init": default_init(activation),
            KEEP_PROB: keep_prob,
            "training.optimizer": "adam",
            "training.learning_rate": rate,
            "training.batch_size": batch,
            "training.epochs": max(SHORTEST, min(LONGEST, STEPS * batch // m)),
            "training.lambda": rounded(penalty * m),
            "training.l1_ratio": 0.0,
            "training.patience": 15,
        }
