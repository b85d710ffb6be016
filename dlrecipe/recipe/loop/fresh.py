"""A fresh start: what a careful person would begin with, whatever was tried before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.loop.proposal import Proposal
from dlrecipe.recipe.moves.move import KEEP_PROB
from dlrecipe.recipe.moves.patched import patched

if TYPE_CHECKING:
    from dlrecipe.results import Settings

LAYERS = [64]
BATCH = 32
STEPS = 6000  # that Adam is given at most; patience mostly ends it before
LONGEST, SHORTEST = 150, 20


def fresh_start(settings: Settings, m: int) -> Proposal:
    """Return everything as it mostly trains well, for a config in which too much is wrong to be mended.

    Args:
        settings: Of the best run; the patch names what is otherwise there.
        m: Training examples.
    """
    sane = _sane(m)
    patch = {key: value for key, value in sane.items() if patched(settings, {key: value}) != settings}
    if len(settings.layers) != len(LAYERS):
        patch[KEEP_PROB] = sane[KEEP_PROB]  # a list would have one too many, or too few
    because = (
        "A fresh start: settings that mostly train well, should more than one thing be wrong with these."
    )
    return Proposal("several", patch, because, "fresh start")


def _sane(m: int) -> dict[str, object]:
    batch = min(BATCH, m)
    return {
        "data.normalize": True,
        "network.layers": LAYERS,
        "network.activation": "relu",
        "network.init": "he",
        KEEP_PROB: 1.0,
        "training.optimizer": "adam",
        "training.learning_rate": 0.003,
        "training.batch_size": batch,
        "training.epochs": max(SHORTEST, min(LONGEST, STEPS * batch // m)),
        "training.lambda": 0.0,
        "training.l1_ratio": 0.0,
        "training.patience": 15,
    }
