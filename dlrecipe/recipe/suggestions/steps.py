"""Against bias: the optimiser, its steps and how many of them there were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.texts import count, percent, rounded, short
from dlrecipe.recipe.trend import moved, outlook, smooth, unstable
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case
    from dlrecipe.results.diagnosis import Purpose

# Learning rates by optimiser: where to go back to from a wild one, and what is wild, low or enough.
SAFE = {"adam": 0.001, "rmsprop": 0.001, "gd": 0.1, "momentum": 0.01}
WILD = {"adam": 0.03, "rmsprop": 0.03, "gd": 1.0, "momentum": 0.3}
TIMID = {"adam": 0.0003, "rmsprop": 0.0003}  # steps of about the rate itself, whatever the gradient
HIGHEST = {"adam": 0.01, "rmsprop": 0.01, "gd": 1.0, "momentum": 0.1}
BARELY = 0.1  # a cost that fell by less than this part has barely moved
BATCH = 64


def lower_learning_rate(case: Case) -> Suggestion | None:
    """Steps so long that the cost rises or jumps about; without bias, only where the rate itself is wild."""
    settings, history = case.settings, case.run.history
    rate = settings.learning_rate
    if settings.optimizer not in SAFE or (case.run.stopped == "diverged" and len(history) < 2):
        return None  # where no step was taken, none was too long
    wild = rate > WILD[settings.optimizer] and len(history) > 2 and not smooth(history)
    against: Purpose = "bias" if case.high("bias") or case.run.stopped == "diverged" else "variance"
    if case.run.stopped == "diverged":
        factor, sign = 0.1, f"the cost diverged in epoch {case.run.last_epoch}"
    elif unstable(history) and (wild or against == "bias"):
        highest, last = max(epoch.cost for epoch in history), history[-1].cost
        factor, sign = 0.3, f"the cost jumps about: it was up to {short(highest)} and ended at {short(last)}"
    elif wild:
        factor, sign = 0.1, f"the cost ended at {short(case.run.returned.cost)} without a steady fall"
    else:
        return None
    because = f"With {settings.optimizer} at a learning rate of {short(rate)} {sign}: its steps are too long."
    patch = {"training.learning_rate": rounded(min(factor * rate, SAFE[settings.optimizer]))}
    return Suggestion("lower_learning_rate", against, "Lower the learning rate", because, patch)


def wake_up(case: Case) -> Suggestion | None:
    """Steps so short that training has hardly begun."""
    settings, history = case.settings, case.run.history
    rate, optimizer = settings.learning_rate, settings.optimizer
    if len(history) < 2 or optimizer not in SAFE or unstable(history):
        return None
    if optimizer in TIMID:
        timid, higher = rate < TIMID[optimizer], SAFE[optimizer]
    else:
        crawls = rate <= SAFE[optimizer] / 100 and outlook(history) is not None
        timid, higher = crawls or moved(history) < BARELY, max(10 * rate, SAFE[optimizer] / 10)
    if not timid or higher > HIGHEST[optimizer]:
        return None
    because = (
        f"In {count(case.run.last_epoch, 'epoch')} of {optimizer} at a learning rate of {short(rate)} the "
        f"cost went from {short(history[0].cost)} to {short(history[-1].cost)} only: its steps are too short."
    )
    patch = {"training.learning_rate": rounded(higher)}
    return Suggestion("raise_learning_rate", "bias", "Raise the learning rate", because, patch)


def longer_steps(case: Case) -> Suggestion | None:
    """A cost that falls at every step, and could fall faster."""
    settings, history = case.settings, case.run.history
    if settings.optimizer not in SAFE or not smooth(history) or outlook(history) is None:
        return None
    if settings.learning_rate >= HIGHEST[settings.optimizer]:
        return None
    because = (
        f"The cost fell in every epoch and still falls (now {short(history[-1].cost)}): a learning rate of "
        f"{short(settings.learning_rate)} leaves room for longer steps."
    )
    higher = min(3 * settings.learning_rate, HIGHEST[settings.optimizer])
    patch = {"training.learning_rate": rounded(higher)}
    return Suggestion("raise_learning_rate", "bias", "Raise the learning rate", because, patch)


def better_optimizer(case: Case) -> Suggestion | None:
    """Plain gradient descent that is still on its way, or went astray."""
    settings, history = case.settings, case.run.history
    if settings.optimizer != "gd":
        return None
    on_its_way = outlook(history) is not None or moved(history) < BARELY
    if case.run.stopped != "diverged" and not on_its_way:
        return None
    because = (
        f"Plain gradient descent is at a train error of {percent(case.diagnosis.figures.train_error)} after "
        f"{count(case.run.last_epoch, 'epoch')}; Adam scales every parameter's step by its own gradients."
    )
    patch: dict[str, object] = {"training.optimizer": "adam", "training.learning_rate": SAFE["adam"]}
    if not 0 < settings.batch_size <= BATCH:  # 0 is full; Adam's short steps have to be many
        patch["training.batch_size"] = BATCH
    return Suggestion("better_optimizer", "bias", "Use Adam", because, patch)


def train_longer(case: Case) -> Suggestion | None:
    """A loss that was still falling when training ended."""
    run = case.run
    if run.stopped == "interrupted":
        because = (
            f"{gap_in_words(case.diagnosis, 'bias')}, and training was interrupted in epoch "
            f"{run.last_epoch} of {run.settings.epochs}; `dlrecipe resume` goes on from there."
        )
        return Suggestion("train_longer", "bias", "Finish the training", because)
    if run.settings.epochs == 0:
        because = (
            f"{gap_in_words(case.diagnosis, 'bias')}: the model is the initialisation, nothing was learned."
        )
        return Suggestion("train_longer", "bias", "Train", because, {"training.epochs": 100})
    ahead = outlook(run.history)
    if ahead is None or run.stopped not in {"epochs", "patience"}:
        return None
    seen = f"The loss still falls ({short(ahead.now)} over the last epochs)"
    if run.stopped == "epochs":
        epochs = max(20, _two_digits(ahead.times * run.settings.epochs))
        because = (
            f"{seen}: {epochs} epochs instead of {run.settings.epochs} would bring it to "
            f"about {short(ahead.later)} if it goes on like that."
        )
        return Suggestion("train_longer", "bias", "Train longer", because, {"training.epochs": epochs})
    return None if case.high("variance") else _more_patience(case, seen)


def _more_patience(case: Case, seen: str) -> Suggestion:
    """The loss fell on while the dev error stood still, and patience ran out."""
    patience = case.settings.patience or 1
    because = (
        f"{seen}, but training ended in epoch {case.run.last_epoch} of {case.settings.epochs}, after "
        f"{count(patience, 'epoch')} without a better dev error."
    )
    patch = {"training.patience": max(10, 3 * patience)}
    return Suggestion("train_longer", "bias", "Be more patient", because, patch)


def _two_digits(number: float) -> int:
    """Return a number of epochs rounded to two significant digits."""
    return round(float(f"{number:.2g}"))
