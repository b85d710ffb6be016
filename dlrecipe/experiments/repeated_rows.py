"""Rows with the same inputs and different targets: a lower bound of every model's error, by scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.recipe.attainable import noise_bound

if TYPE_CHECKING:
    from dlrecipe.data.raw import Floats, Indices
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.results import NoiseBound

NEAR = 0.01
"""Distance of nearly equal rows, as a share of the usual distance of two rows."""


def noise_of(X: Floats, y: Indices | Floats, prepared: Prepared) -> NoiseBound | None:
    """Bound the error from below by how often equal, or nearly equal, training rows have different targets.

    Args:
        X: Inputs (m, n_x), as the network sees them.
        y: Class indices, or t.
        prepared: What they are of.

    Returns:
        None where there are too few such rows.
    """
    groups = _sets_of_near_rows(X)
    if not groups:
        return None
    share = sum(map(len, groups)) / len(X)
    weights = np.array([len(rows) for rows in groups], float)
    spread = np.array([_disagreement(y[rows], prepared.dataset.n_classes) for rows in groups])
    disagreement = float(weights @ spread / weights.sum())
    return noise_bound(
        disagreement, len(groups), share, prepared.dataset.task, prepared.dataset.n_classes or 2
    )


def _sets_of_near_rows(X: Floats) -> list[Indices]:
    """Return sets of rows that are equal or nearly so, each row in one set at most."""
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415  # the extra is loaded where it is used

    if len(X) < 2:
        return []
    _, inverse = np.unique(X, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    order = np.argsort(inverse, kind="stable")
    sets = [rows for rows in np.split(order, np.flatnonzero(np.diff(inverse[order])) + 1) if len(rows) > 1]
    single = np.setdiff1d(np.arange(len(X)), np.concatenate(sets) if sets else np.empty(0, np.int64))
    if len(single) < 3:
        return sets
    distance, neighbour = NearestNeighbors(n_neighbors=2).fit(X[single]).kneighbors()
    rng = np.random.default_rng(0)
    usual = np.median(np.linalg.norm(X[single] - X[rng.permutation(single)], axis=1))
    taken = np.zeros(len(single), bool)
    for at in np.argsort(distance[:, 0], kind="stable"):
        other = neighbour[at, 0]
        if distance[at, 0] > NEAR * usual:
            break
        if not taken[at] and not taken[other]:
            taken[[at, other]] = True
            sets.append(single[[at, other]])
    return sets


def _disagreement(y: Indices | Floats, classes: int | None) -> float:
    """Return how often two of these rows differ in class; of a regression, their variance (of t)."""
    n = len(y)
    if classes is None:
        return float(y.var() * n / (n - 1))
    counts = np.bincount(y.astype(np.int64))
    return float(1 - (counts * (counts - 1)).sum() / (n * (n - 1)))
