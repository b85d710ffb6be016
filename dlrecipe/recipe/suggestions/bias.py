"""Against bias: a network that can express more, or is held back less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.recipe.suggestions.network import (
    bigger,
    deeper,
    keep_prob_patch,
    share_words,
    words,
)
from dlrecipe.recipe.texts import count, percent, rounded, short
from dlrecipe.results import Suggestion

if TYPE_CHECKING:
    from dlrecipe.recipe.suggestions.case import Case

HEAVY = 0.1  # a penalty of this part of J pulls as hard as the data do
STRONG = 0.1  # λ/m from which the weights of several layers may shrink to nothing
GENTLE = 0.01  # λ/m that a too strong λ goes down to at least
LOW_KEEP = 0.8  # a keep_prob up to this takes much of a network away
DEEP = 3  # from this many layers on, depth is not what is missing


def less_regularization(case: Case) -> Suggestion | None:
    """A penalty or a dropout that keeps the network from fitting the training examples."""
    found = [*_heavy_penalty(case), *_low_keep_prob(case)]
    if not found:
        return None
    because = f"{gap_in_words(case.diagnosis, 'bias')}, while {' and '.join(reason for reason, _ in found)}."
    patch = {key: value for _, change in found for key, value in change.items()}
    return Suggestion("less_regularization", "bias", "Regularise less", because, patch)


def bigger_network(case: Case) -> Suggestion | None:
    """The lecture's first remedy: more hidden units, or the first hidden layer."""
    layers = case.settings.layers
    because = (
        f"{gap_in_words(case.diagnosis, 'bias')}; the network has {words(layers)}, "
        f"{count(case.run.parameters, 'parameter')} in all."
    )
    title = "Widen the hidden layers" if layers else "Add a hidden layer"
    return Suggestion("bigger_network", "bias", title, because, bigger(case.settings))


def other_architecture(case: Case) -> Suggestion | None:
    """Another activation or depth; beyond those, a network this program does not build."""
    settings = case.settings
    reason = gap_in_words(case.diagnosis, "bias")
    patch: dict[str, object] | None
    if settings.layers and settings.activation in {"sigmoid", "tanh"}:
        title, patch = "Use relu in the hidden layers", {"network.activation": "relu"}
        reason += f"; {settings.activation} flattens out, and its gradients fade from layer to layer"
    elif len(settings.layers) < DEEP:
        title, patch = "Add a hidden layer", deeper(settings)
        reason += (
            f"; the network has {words(settings.layers)}, and a deeper one combines what earlier ones found"
        )
    else:
        title, patch = "Try a network made for such data", None
        reason += "; convolutions fit images and signals, recurrent or attention layers sequences"
    return Suggestion("other_architecture", "bias", title, f"{reason}.", patch)


def over_regularized(case: Case) -> bool:
    """Return whether bias is high and regularisation has a part in it."""
    return case.high("bias") and less_regularization(case) is not None


def _heavy_penalty(case: Case) -> list[tuple[str, dict[str, object]]]:
    """Return the reason and the change where lambda is too large.

    A very large lambda shrinks the weights until the penalty itself is small, so λ/m counts as well.
    """
    lambd, returned = case.settings.lambd, case.run.returned
    share = returned.penalty / returned.cost if returned.cost > 0 else 0.0
    if lambd <= 0 or (share < HEAVY and lambd / case.m < STRONG):
        return []
    lower = rounded(min(lambd / 10, GENTLE * case.m))
    reason = (
        f"lambda is {short(lambd)} for {count(case.m, 'training example')} "
        f"(the penalty is {percent(share)} of the cost)"
    )
    return [(reason, {"training.lambda": lower})]


def _low_keep_prob(case: Case) -> list[tuple[str, dict[str, object]]]:
    """Return the reason and the change where dropout takes too much away: half of it is given back."""
    keep_prob = case.settings.keep_prob
    if min(keep_prob, default=1.0) > LOW_KEEP:
        return []
    raised = [round((1 + keep) / 2, 2) for keep in keep_prob]
    return [(f"keep_prob is {share_words(keep_prob)}", keep_prob_patch(raised))]
