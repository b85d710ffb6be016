"""Moves of the optimiser and its steps: their length, their number, their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.move import Move
from dlrecipe.recipe.texts import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.results import Settings

TYPICAL = {"adam": 0.003, "rmsprop": 0.002, "gd": 0.3, "momentum": 0.05}
"""Learning rates that small networks on normalised inputs mostly train well with."""
NEAR = 2.0  # a rate within this factor of another is not worth a move of its own
BATCH = 32
LONGEST = 3  # times the epochs that one more training may take


def rates(run: Evidence) -> Iterator[Move]:
    """Steps 3 or 10 times as long or as short, and those typical for the optimiser."""
    now, typical = run.settings.learning_rate, TYPICAL.get(run.settings.optimizer)
    if typical is None:
        return
    factors = [0.1, 1 / 3, 3.0, 10.0]
    to_typical = typical / now
    if all(max(to_typical / factor, factor / to_typical) > NEAR for factor in (1.0, *factors)):
        factors.append(to_typical)
    for factor in factors:
        rate = rounded(factor * now)
        if factor > 1 and run.stopped == "diverged":
            continue
        id_, verb = ("raise_learning_rate", "Raise") if factor > 1 else ("lower_learning_rate", "Lower")
        yield Move("rate", id_, f"{verb} the learning rate to {rate:g}", {"training.learning_rate": rate})


def optimizers(run: Evidence) -> Iterator[Move]:
    """Adam, which scales every parameter's step by its own gradients."""
    settings = run.settings
    if settings.optimizer == "adam":
        return
    patch: dict[str, object] = {
        "training.optimizer": "adam",
        "training.learning_rate": TYPICAL["adam"],
        **({"training.batch_size": BATCH} if _few_steps(settings) else {}),
    }
    yield Move("optimizer", "better_optimizer", "Use Adam", patch)


def lengths(run: Evidence) -> Iterator[Move]:
    """More epochs, more patience, more steps in each epoch."""
    settings = run.settings
    epochs = max(20, LONGEST * settings.epochs)
    if run.stopped == "patience" and settings.patience is not None:
        patience = max(20, 3 * settings.patience)
        yield Move("length", "train_longer", "Be more patient", {"training.patience": patience})
        both = {"training.patience": patience, "training.epochs": epochs}
        yield Move("length", "train_longer", "Train longer, with more patience", both)
    elif run.stopped != "converged":
        yield Move("length", "train_longer", "Train longer", {"training.epochs": epochs})
    if settings.optimizer != "lbfgs" and settings.batch_size > 1.5 * BATCH:
        patch = {"training.batch_size": BATCH}
        yield Move("batch", "train_longer", "Take smaller batches, so more steps an epoch", patch)


def stopping(run: Evidence) -> Iterator[Move]:
    """The best epoch's model instead of the last."""
    if run.settings.patience is None:
        yield Move("patience", "early_stopping", "Stop early", {"training.patience": 10})


def _few_steps(settings: Settings) -> bool:
    """Whether an epoch is the whole set at once, or nearly."""
    return settings.batch_size > 256 or settings.optimizer == "lbfgs"
