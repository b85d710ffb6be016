"""How many rows of each class each part gets, so that every part has the same mix of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.data.raw import Floats, Indices

    Rests = list[list[int]]
    Cell = tuple[int, int]


def allot(class_counts: Indices, sizes: Sequence[int]) -> Indices:
    """Return the counts (class, part): whole, with exact sums, and less than 1 from proportional.

    Exception: a class that would have no row in part 0, train, is given one in exchange for a row of a class
        that
    can spare it: what is not trained cannot be judged.

    Args:
        class_counts: Rows of each class (k,).
        sizes: Rows of each part (p,); they add to the sum of `class_counts`.
    """
    n = int(class_counts.sum())
    shares = [[count * size for size in sizes] for count in class_counts.tolist()]  # in units of 1/n row
    whole = np.array([[share // n for share in row] for row in shares], np.int64)
    rests = [[share % n for share in row] for row in shares]
    _settle(rests, n)
    counts = whole + np.array(rests, np.int64) // n
    _train_first(counts, np.outer(class_counts, sizes) / n)
    return counts


def _settle(rests: Rests, n: int) -> None:
    """Round every rest to 0 or n and keep the sums of rows and columns, which are multiples of n.

    A row or column with one open rest (neither 0 nor n) has another. So one can walk from open rest to open
    rest, along a row, then a column, until the walk closes. Around that loop rests are raised and lowered in
    turn by the same amount, until one is 0 or n; the sums stay.

    Source: B. D. Causey, L. H. Cox, L. R. Ernst (1985), Applications of transportation theory to statistical
    problems.
    """
    for row in range(len(rests)):
        while _open_column(rests, row, None, n) is not None:
            loop = _loop(rests, row, n)
            raised, lowered = loop[::2], loop[1::2]
            amount = min(*(n - rests[i][j] for i, j in raised), *(rests[i][j] for i, j in lowered))
            for i, j in raised:
                rests[i][j] += amount
            for i, j in lowered:
                rests[i][j] -= amount


def _loop(rests: Rests, first: int, n: int) -> list[Cell]:
    """Return open cells, each in the row or, in turn, the column of the one before, from row `first`."""
    row, column = first, None
    walk: list[Cell] = []
    left: dict[int, int] = {row: 0}  # row -> where the walk leaves it
    met: dict[int, int] = {}  # column -> where the walk leaves it
    while True:
        column = _open_column(rests, row, column, n)
        if column is None:
            raise AssertionError("the rests of a row add to a multiple of n")
        walk.append((row, column))
        if column in met:
            return [walk[-1], *walk[met[column] : -1]]
        met[column] = len(walk)
        row = next(i for i in range(first, len(rests)) if i != row and 0 < rests[i][column] < n)
        walk.append((row, column))
        if row in left:
            return walk[left[row] :]
        left[row] = len(walk)


def _open_column(rests: Rests, row: int, but: int | None, n: int) -> int | None:
    return next((column for column, rest in enumerate(rests[row]) if column != but and 0 < rest < n), None)


def _train_first(counts: Indices, exact: Floats) -> None:
    for small in np.flatnonzero((counts[:, 0] == 0) & (counts.sum(axis=1) > 0)):
        part = int(counts[small].argmax())
        off = counts - exact
        cost = np.maximum(abs(off[:, 0] - 1), abs(off[:, part] + 1))
        cost[counts[:, 0] < 2] = np.inf
        giver = int(cost.argmin())
        if np.isfinite(cost[giver]):
            counts[small, 0] += 1
            counts[small, part] -= 1
            counts[giver, 0] -= 1
            counts[giver, part] += 1
