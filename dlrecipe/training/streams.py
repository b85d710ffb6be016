"""Randomness as an argument: one stream per purpose, so that none moves another."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

Purpose = Literal["split", "initialization", "shuffle", "dropout", "sample", "check", "draw", "augment"]

_PURPOSES: tuple[Purpose, ...] = get_args(Purpose)  # a new one goes to the end: its place is its stream


def stream(seed: int, purpose: Purpose, epoch: int = 0) -> np.random.Generator:
    """The random numbers of one purpose in one epoch: a function of its arguments alone.

    A resumed run therefore needs no generator's state, and an epoch's order does not depend on how many
    numbers earlier epochs drew.
    """
    sequence = np.random.SeedSequence(seed, spawn_key=(_PURPOSES.index(purpose), epoch))
    return np.random.Generator(np.random.SFC64(sequence))
