"""Against variance: more data, regularisation, less network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.bias import over_regularized
from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.suggestions.network import keep_prob_patch, layers_patch, share_words, words
from dlrecipe.recipe.suggestions.pictures import SHIFT, first_shift, size_in_words
from dlrecipe.recipe.texts import count, percent, rounded, short
from dlrecipe.recipe.trend import turn
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case

FEWEST = 0.5  # dropout of more than half the units is rarely worth it
ROOMY = 8  # a layer narrower than this has no unit to spare
MANY = 10  # parameters for each training example that are many
PATIENCE = 10
LIGHTEST, HEAVIEST = 1e-5, 0.1  # λ/m between no effect and nothing but effect


def more_data(case: Case) -> Suggestion | None:
    """The lecture's first remedy, which no setting can bring; of pictures, one can move those there are."""
    because = (
        f"{gap_in_words(case.diagnosis, 'variance')}, with {count(case.m, 'training example')}: "
        "with more of them there is less to learn by heart."
    )
    shift = first_shift(case.settings)
    if shift is not None:
        because += (
            f" The inputs are pictures of {size_in_words(case.settings)}: with -S {SHIFT}={shift} they move "
            f"by up to {count(shift, 'pixel')}, anew in every step, which makes more of them for nothing and "
            "gains most where things lie at chance places. Mirror them (data.augment.flip) only if the "
            "class stays: a mirrored digit is another one, or none."
        )
    return Suggestion("more_data", "variance", "Get more training data", because)


def l2(case: Case) -> Suggestion | None:
    """Small weights, a network nearer to a linear one."""
    settings = case.settings
    if over_regularized(case) or settings.l1_ratio > 0:
        return None
    because = f"{gap_in_words(case.diagnosis, 'variance')}, at a lambda of {short(settings.lambd)}."
    patch = {"training.lambda": stronger_lambda(case)}
    return Suggestion("l2", "variance", "Regularise with L2", because, patch)


def dropout(case: Case) -> Suggestion | None:
    """Units that cannot rely on single others."""
    settings = case.settings
    if over_regularized(case) or settings.optimizer == "lbfgs" or max(settings.layers, default=0) < ROOMY:
        return None
    lowest = min(settings.keep_prob)
    if lowest <= FEWEST:
        return None
    keep_prob = [0.8] if lowest == 1 else [round(max(FEWEST, keep - 0.2), 2) for keep in settings.keep_prob]
    because = (
        f"{gap_in_words(case.diagnosis, 'variance')}, with {words(settings.layers)} "
        f"at a keep_prob of {share_words(settings.keep_prob)}."
    )
    return Suggestion("dropout", "variance", "Regularise with dropout", because, keep_prob_patch(keep_prob))


def early_stopping(case: Case) -> Suggestion | None:
    """A dev loss that was lowest long before training ended."""
    best = turn(case.run.history)
    if case.settings.patience is not None or best is None:
        return None
    last = case.run.history[-1]
    because = (
        f"The dev loss was lowest in epoch {best.epoch} ({short(best.dev_loss)}, dev error "
        f"{percent(best.dev_error)}); in epoch {last.epoch} it is {short(last.dev_loss)} "
        f"({percent(last.dev_error)})."
    )
    patch = {"training.patience": PATIENCE}
    return Suggestion("early_stopping", "variance", "Stop early", because, patch)


def l1(case: Case) -> Suggestion | None:
    """Weights that are exactly zero, where the inputs are many for the examples there are."""
    settings = case.settings
    if over_regularized(case) or settings.l1_ratio == 1 or 5 * settings.inputs < case.m:
        return None
    because = (
        f"{count(settings.inputs, 'input')} are many for {count(case.m, 'training example')}; an L1 penalty "
        f"sets the weights of useless ones to zero. {gap_in_words(case.diagnosis, 'variance')}."
    )
    patch = {"training.lambda": stronger_lambda(case), "training.l1_ratio": 1.0}
    return Suggestion("l1", "variance", "Regularise with L1", because, patch)


def smaller_network(case: Case) -> Suggestion | None:
    """Half the units, where there are far more parameters than examples."""
    settings = case.settings
    if case.run.parameters < MANY * case.m or max(settings.layers, default=0) < ROOMY or case.high("bias"):
        return None
    because = (
        f"{gap_in_words(case.diagnosis, 'variance')}; {count(case.run.parameters, 'parameter')} are fitted "
        f"to {count(case.m, 'training example')}."
    )
    patch = layers_patch(settings, [max(1, units // 2) for units in settings.layers])
    return Suggestion("smaller_network", "variance", "Halve the hidden layers", because, patch)


def other_architecture(case: Case) -> Suggestion | None:
    """Fewer layers; with one or none, a network that knows more about such data."""
    settings = case.settings
    reason = gap_in_words(case.diagnosis, "variance")
    patch: dict[str, object] | None = None
    if len(settings.layers) > 1 and not case.high("bias"):
        title, patch = "Leave a hidden layer out", layers_patch(settings, settings.layers[:-1])
        reason += f"; fewer than {words(settings.layers)} may generalise better"
    else:
        title = "Try a network made for such data"
        reason += "; layers that share weights (convolutions for images) learn more from as many examples"
    return Suggestion("other_architecture", "variance", title, f"{reason}.", patch)


def stronger_lambda(case: Case) -> float:
    """Return three times the present lambda; from 0, one whose penalty outweighs what is overfitted.

    That is dev loss − loss of the returned model. Weights shrink under a penalty, so by the weights the
    model has now it starts at twice that: λ = 2m·penalty/‖W‖².
    """
    if case.settings.lambd > 0:
        return rounded(3 * case.settings.lambd)
    returned = case.run.returned
    squared = returned.weight_norm**2
    decay = 4 * (returned.dev_loss - returned.loss) / squared if squared > 0 else 0.0
    return rounded(case.m * max(LIGHTEST, min(HEAVIEST, decay)))
