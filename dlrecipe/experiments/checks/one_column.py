"""How well a single column tells the target: each row is predicted by the others, from that column alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dlrecipe.data.raw import Floats, Indices, Mask


def class_error(values: Floats, y: Indices, classes: int) -> float:
    """Return the fraction of rows whose class is not told by the other rows' values of one column.

    A value that others share tells their most frequent class; one of a kind tells the nearest row's.

    Args:
        values: The column; NaN is a value of its own.
        y: Class indices.
        classes: How many there are.
    """
    found, cell = _cells(values)
    if 2 * len(found) > len(values):
        left, right, nearer_left = _neighbours(values)
        guess = np.where(nearer_left, y[left], y[right])
        return float((guess != y).mean())
    counts = np.zeros((len(found), classes), np.int64)
    np.add.at(counts, (cell, y), 1)
    others = counts[cell]
    others[np.arange(len(y)), y] -= 1
    alone = others.sum(axis=1) == 0
    others[alone] = np.bincount(y, minlength=classes)
    return float((others.argmax(axis=1) != y).mean())


def value_error(values: Floats, y: Floats) -> float:
    """Return mean squared error / variance of a target told from the other rows' values of one column.

    A value that others share tells their mean; one of a kind lies between its neighbours. The lowest and the
    highest of those have a neighbour on one side only, and are left out: where the target has a long tail,
    one of them may hold most of its variance.
    """
    found, cell = _cells(values)
    if 2 * len(found) > len(values):
        inner = (values != np.nanmin(values)) & (values != np.nanmax(values))
        left, right, _ = _neighbours(values)
        span = values[right] - values[left]
        weight = np.where(span > 0, (values - values[left]) / np.where(span > 0, span, 1), 0.5)
        guess = y[left] + np.nan_to_num(weight, nan=0.5) * (y[right] - y[left])
        guess, y = guess[inner], y[inner]
    else:
        total, count = np.bincount(cell, y)[cell] - y, np.bincount(cell)[cell] - 1
        guess = np.where(count > 0, total / np.maximum(count, 1), y.mean())
    return float(np.square(guess - y).mean() / (y.var() or 1.0))


def is_copy(values: Floats, y: Indices) -> bool:
    """Whether a column is the class under other names: few values, each of them always of one class."""
    found, cell = _cells(values)
    if len(found) < 2 or 10 * len(found) > len(values):
        return False
    lowest, highest = np.full(len(found), np.iinfo(np.int64).max), np.full(len(found), -1)
    np.minimum.at(lowest, cell, y)
    np.maximum.at(highest, cell, y)
    return bool((lowest == highest).all())


def _cells(values: Floats) -> tuple[Floats, Indices]:
    """Return the different values, and for each row its place among them."""
    found, cell = np.unique(values, return_inverse=True)
    return found, cell.reshape(-1)


def _neighbours(values: Floats) -> tuple[Indices, Indices, Mask]:
    """Return each row's neighbour below and above in value, and whether the one below is nearer."""
    order = np.argsort(values, kind="stable")
    below, above = np.roll(order, 1), np.roll(order, -1)
    below[0], above[-1] = order[1], order[-2]
    left, right = np.empty_like(order), np.empty_like(order)
    left[order], right[order] = below, above
    nearer = np.abs(values - values[left]) <= np.abs(values[right] - values)
    return left, right, nearer
