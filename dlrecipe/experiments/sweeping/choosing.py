"""Which trial comes next: from a grid, drawn, or proposed by Optuna from what came of earlier ones.

Everything is a function of the sweep and of the results it is given: a resumed sweep chooses the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.experiments.sweeping.axes import Listed, axes_of
from dlrecipe.experiments.sweeping.tpe import propose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.config.sweep_section import Sweep
    from dlrecipe.experiments.sweeping.axes import Axis

    Patch = dict[str, object]

DRAWN = 20
"""Trials of a search that could go on for ever, where it does not say how many."""

DRAWS = 50
"""Draws in search of a combination that was not tried, before the first such one is taken."""


@dataclass
class Chooser:
    """Chooses the trials of a sweep one after the other.

    Attributes:
        sweep: What is searched.
        planned: How many trials there will be.
        chosen: Those so far.
    """

    sweep: Sweep
    planned: int = field(init=False)
    chosen: list[Patch] = field(default_factory=list)
    _axes: tuple[Axis, ...] = field(init=False)
    _grid: list[int] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._axes = axes_of(self.sweep)
        if self.sweep.method == "grid":
            self._axes = tuple(Listed(axis.key, axis.grid) for axis in self._axes)
        size = _size(self._axes)
        wanted = self.sweep.trials or (size if self.sweep.method == "grid" else DRAWN)
        self.planned = int(min(size, wanted))
        if self.sweep.method == "grid":
            self._grid = _sample(int(size), self.planned, self.sweep.seed)

    def choose(self, errors: Mapping[int, float]) -> Patch:
        """Return the settings of the next trial; there are `planned` in all.

        Args:
            errors: Dev errors by number, of the trials that may be taken into account; infinity of one that
                failed.
        """
        if self.sweep.method == "grid":
            patch = _combination(self._axes, self._grid[len(self.chosen)])
        else:
            patch = self._untried(errors)
        self.chosen.append(patch)
        self._tried.add(_text(patch))
        return patch

    def _untried(self, errors: Mapping[int, float]) -> Patch:
        for attempt in range(DRAWS):
            patch = self._draw(errors, attempt)
            if _text(patch) not in self._tried:
                return patch
        values = [axis.values for axis in self._axes]
        if any(known is None for known in values):
            return patch  # numbers without end, yet the same again: the search has settled
        keys = [axis.key for axis in self._axes]
        combinations = (dict(zip(keys, found, strict=True)) for found in product(*filter(None, values)))
        return next(found for found in combinations if _text(found) not in self._tried)

    def _draw(self, errors: Mapping[int, float], attempt: int) -> Patch:
        number = len(self.chosen)
        if self.sweep.method == "tpe":
            told: Sequence[tuple[Patch, float]] = [
                (self.chosen[earlier], error) for earlier, error in sorted(errors.items())
            ]
            return propose(self._axes, told, (self.sweep.seed, number, attempt))
        rng = np.random.default_rng((self.sweep.seed, number, attempt))
        return {axis.key: axis.draw(rng) for axis in self._axes}


def _size(axes: Sequence[Axis]) -> float:
    """Return how many combinations there are."""
    values = [axis.values for axis in axes]
    return (
        float("inf") if any(known is None for known in values) else prod(len(known or ()) for known in values)
    )


def _sample(size: int, count: int, seed: int) -> list[int]:
    """Return the numbers of the combinations to try: all, or some of them at random, in the grid's order."""
    if count == size:
        return list(range(size))
    return sorted(_distinct(size, count, np.random.default_rng(seed)))


def _distinct(size: int, count: int, rng: np.random.Generator) -> set[int]:
    if size <= 10 * count:
        return set(rng.choice(size, count, replace=False).tolist())
    found: set[int] = set()
    while len(found) < count:  # of very many, hardly one comes twice
        found.add(int(rng.integers(min(size, 2**63 - 1))))
    return found


def _combination(axes: Sequence[Axis], number: int) -> Patch:
    """Return the combination of a number; the last axis runs fastest."""
    found: Patch = {}
    for axis in reversed(axes):
        number, at = divmod(number, len(axis.grid))
        found[axis.key] = axis.grid[at]
    return dict(reversed(found.items()))


def _text(patch: Mapping[str, object]) -> str:
    return json.dumps(patch, default=str)
