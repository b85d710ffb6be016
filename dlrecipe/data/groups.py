"""Deals whole groups to parts: as near to the wanted sizes and mix of classes as they allow."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.data.raw import Codes, Indices, Numbers

_FEW = 1000  # groups; with more of them the small ones fill what the large ones leave


def deal_groups(
    groups: Indices, classes: Codes, sizes: Sequence[int], least: Sequence[int], rng: np.random.Generator
) -> Indices:
    """Return the part of every row; rows of one group are in one part.

    Groups are taken from the largest to the smallest, equal ones in random order. Each goes to a part that
    has room for it, of these to the one that lacks its classes most; where it fits nowhere, to the part with
    most room.

    Args:
        groups: Group of each row, 0 … g − 1, each of which appears.
        classes: Class of each row, from 0; zeros where the mix does not matter.
        sizes: Rows wanted in each part; they add to the number of rows.
        least: Groups that each part needs at least; they add to no more than g.
        rng: Decides the order of equal groups.
    """
    rows_of = np.bincount(groups)
    order = rng.permutation(len(rows_of))
    order = order[np.argsort(-rows_of[order], kind="stable")]
    mixes = _Mixes(groups, classes, sizes)
    room, needs = list(sizes), list(least)
    part_of = np.empty(len(rows_of), np.int64)
    for dealt, (group, rows) in enumerate(zip(order.tolist(), rows_of[order].tolist(), strict=True)):
        open_parts = list(range(len(sizes)))
        if len(order) - dealt == sum(needs):
            open_parts = [part for part in open_parts if needs[part]]
        fitting = [part for part in open_parts if room[part] >= rows]
        if len(fitting) > 1:
            part = mixes.neediest(group, fitting)
        else:
            part = fitting[0] if fitting else max(open_parts, key=room.__getitem__)
        part_of[group] = part
        mixes.add(group, part)
        room[part] -= rows
        needs[part] = max(0, needs[part] - 1)
    if len(rows_of) <= _FEW:
        _exchange(part_of, rows_of, np.array(sizes), np.array(least))
    return part_of[groups]


def _exchange(part_of: Indices, rows_of: Indices, sizes: Indices, least: Indices) -> None:
    """Move or swap groups as long as that brings the parts nearer to their sizes; the best exchange first."""
    while True:
        off = np.bincount(part_of, rows_of, len(sizes)) - sizes
        movable = np.bincount(part_of, minlength=len(sizes)) > least
        best = max(
            (
                _best_exchange(part_of, rows_of, off, (giver, taker), movable[giver])
                for giver in range(len(sizes))
                for taker in range(len(sizes))
                if off[giver] > off[taker]
            ),
            default=(0.0, -1, -1, -1, -1),
        )
        gain, given, taker, returned, giver = best
        if gain <= 0:
            return
        part_of[given] = taker
        if returned >= 0:
            part_of[returned] = giver


def _best_exchange(
    part_of: Indices, rows_of: Indices, off: Numbers, parts: tuple[int, int], movable: np.bool_
) -> tuple[float, int, int, int, int]:
    """Return (gain in rows, group given, its taker, group returned or -1, its taker)."""
    giver, taker = parts
    given = np.flatnonzero(part_of == giver)
    returned = np.flatnonzero(part_of == taker)
    back = rows_of[returned]
    if movable:
        returned, back = np.append(returned, -1), np.append(back, 0)
    if given.size == 0 or returned.size == 0:
        return 0.0, -1, -1, -1, -1
    net = rows_of[given][:, np.newaxis] - back
    gains = abs(off[giver]) + abs(off[taker]) - abs(off[giver] - net) - abs(off[taker] + net)
    one, other = np.unravel_index(int(gains.argmax()), gains.shape)
    return float(gains[one, other]), int(given[one]), taker, int(returned[other]), giver


class _Mixes:
    """How many rows of each class each part still lacks, in plain lists: there may be a million groups."""

    def __init__(self, groups: Indices, classes: Codes, sizes: Sequence[int]) -> None:
        k = int(classes.max()) + 1
        pairs, counts = np.unique(groups * k + classes, return_counts=True)
        starts = np.searchsorted(pairs // k, np.arange(int(groups.max()) + 2)).tolist()
        entries = list(zip((pairs % k).tolist(), counts.tolist(), strict=True))
        self._entries = [entries[start:end] for start, end in pairwise(starts)]  # (class, rows) of each group
        self._lacking = np.outer(sizes, np.bincount(classes) / len(classes)).tolist()
        self._sizes = sizes

    def neediest(self, group: int, parts: list[int]) -> int:
        """Return which of `parts` lacks the group's classes most, as a share of its size."""
        entries, lacking = self._entries[group], self._lacking

        def need(part: int) -> float:
            missing: float = sum(rows * lacking[part][label] for label, rows in entries)
            return missing / self._sizes[part]

        return max(parts, key=need)

    def add(self, group: int, part: int) -> None:
        """Count the group's rows as dealt to `part`."""
        lacking = self._lacking[part]
        for label, rows in self._entries[group]:
            lacking[label] -= rows
