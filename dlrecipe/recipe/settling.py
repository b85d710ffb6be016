"""How many examples would make an uncertain level certain, if the errors stayed the same."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.recipe.intervals import narrowed
from dlrecipe.recipe.judging import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlrecipe.recipe.combination import Part
    from dlrecipe.results import Diagnosis, Figures

LARGEST = 10_000_000  # more examples than this are no advice


class Settlement(NamedTuple):
    """What would settle a level.

    Attributes:
        parts: The parts that would have to grow. With `size` None, the part whose size stands in the way;
            empty where the gap sits on a threshold.
        size: Examples each of `parts` needs; None where no size of the held-out parts is enough.
    """

    parts: tuple[Part, ...]
    size: int | None


def settle(diagnosis: Diagnosis, name: str) -> Settlement:
    """Return the fewest more held-out examples that make the level of the gap `name` certain."""
    figures = diagnosis.figures

    def certain_with(parts: tuple[Part, ...], size: int) -> bool:
        grown = judge(_grown(figures, parts, size), diagnosis.tolerance, diagnosis.share)
        return grown.gaps[name].certain is True

    settlements = [
        Settlement(parts, _smallest(partial(certain_with, parts)))
        for parts in _growable(figures, name)
        if certain_with(parts, LARGEST)
    ]
    if settlements:
        return min(settlements, key=lambda settlement: _added(figures, settlement))
    limited = name == "bias" and certain_with(("train", *_sized(figures, ("dev",))), LARGEST)
    return Settlement(("train",) if limited else (), None)


def threshold(diagnosis: Diagnosis) -> float:
    """Return the gap above which a level is high, a fraction: the tolerance, or its share of the excess."""
    excess = diagnosis.figures.dev_error - diagnosis.human_error
    return max(diagnosis.tolerance, diagnosis.share * excess)


def _growable(figures: Figures, name: str) -> Iterable[tuple[Part, ...]]:
    """Return the sets of held-out parts that could be collected, the one that rules the gap first."""
    order: tuple[Part, ...] = ("train_dev", "dev") if name == "variance" else ("dev", "train_dev")
    parts = _sized(figures, ("dev",) if name == "bias" else order)
    alone = [(part,) for part in parts]
    return [*alone, parts] if len(parts) > 1 else alone


def _sized(figures: Figures, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return those of `parts` whose size is known."""
    return tuple(part for part in parts if _size(figures, part) is not None)


def _size(figures: Figures, part: Part) -> int | None:
    sizes = {"train": figures.train_size, "dev": figures.dev_size, "train_dev": figures.train_dev_size}
    return sizes[part]


def _grown(figures: Figures, parts: tuple[Part, ...], size: int) -> Figures:
    """Return the same figures from at least `size` examples of each of `parts`."""
    for part in parts:
        now = _size(figures, part) or size
        enough = max(size, now)
        narrowing = math.sqrt(now / enough)
        if part == "train":
            interval = narrowed(figures.train_error, figures.train_interval, narrowing)
            figures = replace(figures, train_size=enough, train_interval=interval)
        elif part == "dev":
            interval = narrowed(figures.dev_error, figures.dev_interval, narrowing)
            figures = replace(figures, dev_size=enough, dev_interval=interval)
        else:
            interval = narrowed(figures.train_dev_error or 0.0, figures.train_dev_interval, narrowing)
            figures = replace(figures, train_dev_size=enough, train_dev_interval=interval)
    return figures


def _added(figures: Figures, settlement: Settlement) -> int:
    """Return how many examples would have to be collected."""
    size = settlement.size or 0
    return sum(max(0, size - (_size(figures, part) or 0)) for part in settlement.parts)


def _smallest(certain: Callable[[int], bool]) -> int:
    """Return the smallest size that is certain, by bisection, rounded up to two significant digits."""
    low, high = 0, 1
    while not certain(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if certain(middle) else (middle, high)
    unit = 10 ** max(0, len(str(high)) - 2)
    rounded = -(-high // unit) * unit
    return rounded if certain(rounded) else high
