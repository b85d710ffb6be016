"""Why a move is worth a training: what this run shows that it treats."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.steps import TYPICAL
from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.suggestions.network import default_init, share_words, words
from dlrecipe.recipe.texts import count, percent, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.moves import Move
    from dlrecipe.recipe.suggestions.case import Case

MANY_SILENT = 0.1
"""Share of units that hardly react, from which the activation is to blame."""

Reason = Callable[["Case", "Move"], str]


def reasons(case: Case, move: Move) -> Iterator[str]:
    """Yield sentences with this run's figures, without full stops; the gap first, where it is the reason."""
    gap = _gap(case, move)
    if gap is not None:
        yield gap_in_words(case.diagnosis, gap)
    yield REASONS[move.what](case, move)


def _gap(case: Case, move: Move) -> str | None:
    """Return the gap that is all there is to say for a move; None where the run shows its cause."""
    if move.what in {"lambda", "dropout"}:
        return None if move.id == "less_regularization" else "variance"
    return case.worst if move.what == "activation" and _is_any_activation(case, move) else None


def _is_any_activation(case: Case, move: Move) -> bool:
    """Return whether nothing is wrong with the run's activation but that another may do better."""
    settings = case.settings
    usable = settings.activation not in {"identity", "sigmoid"} and _silent(case) <= MANY_SILENT
    return "network.activation" in move.patch and usable


def _silent(case: Case) -> float:
    return case.run.inspection.silent if case.run.inspection else 0.0


def _rate(case: Case, move: Move) -> str:
    settings, history = case.settings, case.run.history
    first, last, highest = history[0].cost, history[-1].cost, max(row.cost for row in history)
    went = f"the cost went from {short(first)} to {short(last)} in {count(case.run.last_epoch, 'epoch')}"
    if case.run.stopped == "diverged":
        went = f"the cost diverged in epoch {case.run.last_epoch}"
    elif move.id == "lower_learning_rate" and highest > max(first, last):
        went += f", and was {short(highest)} on the way"
    return (
        f"With {settings.optimizer} at a learning rate of {short(settings.learning_rate)} {went} "
        f"(about {short(TYPICAL[settings.optimizer])} is usual)"
    )


def _optimizer(case: Case, _move: Move) -> str:
    settings = case.settings
    error = percent(case.diagnosis.figures.train_error)
    return (
        f"{settings.optimizer} is at a train error of {error} after {count(case.run.last_epoch, 'epoch')}; "
        "Adam scales every parameter's step by its own gradients"
    )


def _length(case: Case, _move: Move) -> str:
    history, last = case.run.history, case.run.last_epoch
    before = history[len(history) - 1 - max(1, (len(history) - 1) // 5)] if last else history[0]
    fell = (
        f"the loss went from {short(before.loss)} to {short(history[-1].loss)} in the last fifth of "
        f"{count(last, 'epoch')}"
    )
    if case.run.stopped != "patience":
        return f"Training ended as planned, and {fell}"
    patience = count(case.settings.patience or 1, "epoch")
    return f"Training ended in epoch {last} after {patience} without a better dev error, and {fell}"


def _batch(case: Case, _move: Move) -> str:
    steps = math.ceil(case.m / case.settings.batch_size)
    return (
        f"An epoch is {count(steps, 'step')} of {count(min(case.m, case.settings.batch_size), 'example')}, "
        f"{count(steps * case.run.last_epoch, 'step')} in all"
    )


def _patience(case: Case, _move: Move) -> str:
    best = min(case.run.history, key=lambda row: (row.dev_error, row.dev_loss))
    last = case.run.history[-1]
    return (
        f"The dev error was {percent(best.dev_error)} in epoch {best.epoch} and is "
        f"{percent(last.dev_error)} at the end, in epoch {last.epoch}"
    )


def _size(case: Case, move: Move) -> str:
    layers, parameters = words(case.settings.layers), count(case.run.parameters, "parameter")
    if move.id == "smaller_network":
        return (
            f"{layers.capitalize()}, {parameters} in all, are fitted to {count(case.m, 'training example')}"
        )
    return f"The network has {layers}, {parameters} in all, for {count(case.m, 'training example')}"


def _lambda(case: Case, move: Move) -> str:
    lambd, returned = case.settings.lambd, case.run.returned
    if move.id == "less_regularization":
        share = returned.penalty / returned.cost if returned.cost > 0 else 0.0
        examples = count(case.m, "training example")
        return f"Lambda is {short(lambd)} for {examples} (the penalty is {percent(share)} of the cost)"
    return f"Lambda is {short(lambd)}"


def _dropout(case: Case, move: Move) -> str:
    keep_prob = share_words(case.settings.keep_prob)
    if move.id == "less_regularization":
        return f"A keep_prob of {keep_prob} takes much of {words(case.settings.layers)} away"
    return f"keep_prob is {keep_prob}"


def _inputs(case: Case, _move: Move) -> str:
    look = case.run.inspection
    if look is None:
        return "The inputs are used as they come"
    return (
        f"The inputs are used as they come: the largest is about {short(look.largest_input)}, the smallest "
        f"about {short(look.smallest_input)} in size"
    )


def _activation(case: Case, move: Move) -> str:
    settings = case.settings
    if "network.activation" not in move.patch:
        init, usual = settings.init, default_init(settings.activation)
        return f"The weights start from {init}; {usual} keeps a signal's size with {settings.activation}"
    if settings.activation == "identity":
        return f"With the activation identity, {words(settings.layers)} are no more than a linear model"
    if settings.activation == "sigmoid":
        return "sigmoid flattens out, and its gradients fade from layer to layer"
    if _silent(case) > MANY_SILENT:
        return f"{percent(_silent(case))} of the {settings.activation} units hardly react to anything"
    return f"The activation is {settings.activation}"


REASONS: dict[str, Reason] = {
    "rate": _rate,
    "optimizer": _optimizer,
    "length": _length,
    "batch": _batch,
    "patience": _patience,
    "size": _size,
    "lambda": _lambda,
    "dropout": _dropout,
    "inputs": _inputs,
    "activation": _activation,
}
