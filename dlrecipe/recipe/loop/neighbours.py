"""Neighbouring settings: where to go on when the diagnosis has nothing more to say.

Each move is sized, and has the id of the suggestion it resembles. Their order is that of what mostly gains,
whatever is high: what treats the verdict was suggested before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.recipe.suggestions.network import default_init, layers_patch
from dlrecipe.recipe.suggestions.pictures import SHIFT, are_varied, farther, first_shift
from dlrecipe.recipe.suggestions.steps import BATCH, SAFE
from dlrecipe.recipe.texts import rounded, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlrecipe.results import Settings

USUAL = {"adam": 0.003, "rmsprop": 0.002, "momentum": 0.03, "gd": 0.3}
"""Learning rates that small networks on normalised inputs mostly train well with."""

NEAR, FAR = 3.0, 10.0  # factors between neighbouring learning rates
FIRST_LAYER = 32
WIDEST, NARROWEST, DEEPEST = 2048, 4, 4
LIGHT, FIRM = 0.002, 0.02  # λ/m of a first penalty, and of a firm one


class Neighbour(NamedTuple):
    """One move: the suggestion it resembles, what it changes, and that in words."""

    suggestion: str
    patch: Mapping[str, object]
    words: str


def neighbours(settings: Settings, m: int) -> Iterator[Neighbour]:
    """Yield every single move from these settings, what usually gains most first.

    Args:
        settings: Of the best run.
        m: Training examples, which a penalty is sized by.
    """
    yield from _rates(settings, NEAR)
    yield from _wider(settings)
    yield from _pictures(settings)
    yield from _penalties(settings, m)
    yield from _optimizers(settings)
    yield from _dropout(settings)
    yield from _depths(settings)
    yield from _start(settings)
    yield from _batches(settings)
    yield from _rates(settings, FAR)


def _rates(settings: Settings, factor: float) -> Iterator[Neighbour]:
    """Yield the rates on both sides, and before them the usual one where the present one is far from it."""
    now, usual = settings.learning_rate, USUAL.get(settings.optimizer)
    if usual is None:
        return
    far = [usual] if factor == NEAR and max(now / usual, usual / now) > NEAR**2 else []
    for rate in map(
        rounded, (*far, *((now * factor, now / factor) if now <= usual else (now / factor, now * factor)))
    ):
        suggestion = "raise_learning_rate" if rate > now else "lower_learning_rate"
        words = f"learning rate {short(now)} -> {short(rate)}"
        yield Neighbour(suggestion, {"training.learning_rate": rate}, words)


def _wider(settings: Settings) -> Iterator[Neighbour]:
    layers = settings.layers
    if not layers:
        return
    for factor in (2, 4):
        wider = [factor * units for units in layers]
        if max(wider) <= WIDEST:
            words = f"hidden layers {factor} times as wide"
            yield Neighbour("bigger_network", layers_patch(settings, wider), words)
    if max(layers) >= 2 * NARROWEST:
        halved = [max(1, units // 2) for units in layers]
        yield Neighbour("smaller_network", layers_patch(settings, halved), "half the units")


def _pictures(settings: Settings) -> Iterator[Neighbour]:
    if shift := first_shift(settings) or farther(settings):
        words = f"pictures moved by up to {shift} instead of {settings.shift} pixels"
        yield Neighbour("more_data", {SHIFT: shift}, words)


def _penalties(settings: Settings, m: int) -> Iterator[Neighbour]:
    lambd = settings.lambd
    stronger = [10 * lambd] if lambd > 0 else [LIGHT * m, FIRM * m]
    for value in stronger:
        words = f"lambda {short(lambd)} -> {short(rounded(value))}"
        yield Neighbour("l2", {"training.lambda": rounded(value)}, words)
    for value in (lambd / 10, 0.0) if lambd > 0 else ():
        words = f"lambda {short(lambd)} -> {short(rounded(value))}"
        yield Neighbour("less_regularization", {"training.lambda": rounded(value)}, words)


def _optimizers(settings: Settings) -> Iterator[Neighbour]:
    if settings.optimizer != "adam":
        patch: dict[str, object] = {"training.optimizer": "adam", "training.learning_rate": SAFE["adam"]}
        patch["training.batch_size"] = min(settings.batch_size, BATCH)
        yield Neighbour("better_optimizer", patch, f"adam instead of {settings.optimizer}")
    if not settings.layers and settings.optimizer != "lbfgs" and not are_varied(settings):  # it needs one J
        whole = {"training.optimizer": "lbfgs", "training.batch_size": "full"}
        yield Neighbour("better_optimizer", whole, "lbfgs, which ends at a linear model's optimum")


def _dropout(settings: Settings) -> Iterator[Neighbour]:
    if not settings.layers or settings.optimizer == "lbfgs":
        return
    lowest = min(settings.keep_prob)
    if lowest < 1:
        yield Neighbour("less_regularization", {"network.keep_prob": 1.0}, "no dropout")
    for keep in (0.8, 0.5):
        if keep < lowest and max(settings.layers) >= 2 * NARROWEST:
            words = f"dropout with keep_prob {keep}"
            yield Neighbour("dropout", {"network.keep_prob": keep}, words)


def _depths(settings: Settings) -> Iterator[Neighbour]:
    layers = settings.layers
    if len(layers) < DEEPEST:
        deeper = layers_patch(settings, [*layers, layers[-1] if layers else FIRST_LAYER])
        yield Neighbour("other_architecture", deeper, "one more hidden layer")
    if layers:
        flatter = layers_patch(settings, layers[:-1])
        yield Neighbour("other_architecture", flatter, "one hidden layer less")


def _start(settings: Settings) -> Iterator[Neighbour]:
    if not settings.normalize:
        yield Neighbour("normalize_inputs", {"data.normalize": True}, "normalised inputs")
    if not settings.layers:
        return
    for activation in ("relu", "tanh"):
        if activation != settings.activation:
            patch = {"network.activation": activation, "network.init": default_init(activation)}
            words = f"{activation} instead of {settings.activation}"
            yield Neighbour("other_architecture", patch, words)
    if settings.init != (init := default_init(settings.activation)):
        yield Neighbour("other_architecture", {"network.init": init}, f"initialised with {init}")


def _batches(settings: Settings) -> Iterator[Neighbour]:
    if settings.optimizer == "lbfgs":
        return
    smaller = min(settings.batch_size, 4 * BATCH) // 4
    if smaller >= 8:
        words = f"batches of {smaller}, so more steps an epoch"
        yield Neighbour("train_longer", {"training.batch_size": smaller}, words)
    words = f"{2 * settings.epochs} epochs"
    patch: dict[str, object] = {"training.epochs": max(20, 2 * settings.epochs)}
    if settings.patience is not None:
        patch["training.patience"], words = 2 * settings.patience, f"{words}, and twice the patience"
    yield Neighbour("train_longer", patch, words)
