"""Builders of runs that never were: a history by its curves, and the settings it was trained with."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dlrecipe.recipe import Evidence
from dlrecipe.results import Epoch, Settings

SETTINGS = Settings(
    task="classification",
    inputs=20,
    outputs=1,
    layers=(64,),
    activation="relu",
    keep_prob=(1.0,),
    init="he",
    normalize=True,
    optimizer="adam",
    learning_rate=0.001,
    batch_size=64,
    epochs=100,
    patience=10,
    lambd=0.0,
    l1_ratio=0.0,
)


@pytest.fixture
def history():
    """A function from the losses of a training (and the dev losses) to its history."""

    def build(losses, dev_losses=None, *, penalty=0.0, weight_norm=10.0):
        dev_losses = losses if dev_losses is None else dev_losses
        return tuple(
            Epoch(i, float(i), loss + penalty, loss, penalty, 0.15, dev_loss, 0.16, weight_norm, 0.001)
            for i, (loss, dev_loss) in enumerate(zip(losses, dev_losses, strict=True))
        )

    return build


@pytest.fixture
def flat():
    """Losses that fell fast and then no more."""
    return [0.4 + 0.3 * math.exp(-epoch / 2) for epoch in range(101)]


@pytest.fixture
def falling():
    """Losses that are still on their way down."""
    return [0.7 * math.exp(-epoch / 100) for epoch in range(101)]


@pytest.fixture
def evidence(history, flat):
    """A function that gives a run which trained until its loss was flat, with some of it changed."""

    def build(losses=None, dev_losses=None, *, stopped="epochs", penalty=0.0, parameters=1409, **settings):
        changed = replace(SETTINGS, **settings)
        if "keep_prob" not in settings:
            changed = replace(changed, keep_prob=(1.0,) * len(changed.layers))
        records = history(flat if losses is None else losses, dev_losses, penalty=penalty)
        return Evidence(changed, records, stopped, records[-1].epoch, parameters)

    return build
