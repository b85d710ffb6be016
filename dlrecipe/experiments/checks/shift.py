"""Whether dev looks different from train: can a classifier tell their rows apart?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.raw import listed
from dlrecipe.experiments.checks.brief import fit_briefly
from dlrecipe.experiments.prepare import lay_out
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.recipe.intervals import Z
from dlrecipe.results import Finding
from dlrecipe.training import Examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data import Part
    from dlrecipe.data.raw import Floats, Indices, Mask
    from dlrecipe.experiments.checks.survey import Survey
    from dlrecipe.experiments.prepare import Prepared

MOST_CELLS = 2**21
"""Numbers that each part gives to the classifier at most."""
FOLDS = 5
LEAST = 30
"""Rows that both parts need before an AUC is worth its interval."""
CHANCE = 0.5
"""AUC of a classifier that finds no difference."""
DIFFERENT = 0.6
"""AUC that the interval must exceed; random splits stay below it."""


@dataclass(frozen=True)
class Separation:
    """How well dev rows are told from training rows: the AUC, its 95 % interval, the columns apart most."""

    auc: float
    interval: tuple[float, float]
    columns: tuple[str, ...]


def look_at_shift(survey: Survey) -> Iterator[Finding]:
    """Yield whether the inputs of dev are distributed as those of train."""
    if survey.prepared is None:
        return
    found = separation(survey.prepared, survey.config.seed)
    if found is None:
        return
    low, high = found.interval
    figures = f"A classifier that is to tell dev rows from training rows has an AUC of {found.auc:.2f} "
    figures += f"(95 % interval {low:.2f} to {high:.2f}; 0.50 is guessing)."
    if low <= DIFFERENT:
        nearly = "Dev looks like train" if low <= CHANCE else "Dev looks nearly like train"
        yield Finding("shift", "info", nearly, figures)
        return
    measured = survey.config.data.train_dev is not None
    figures += f" They differ most in {listed(found.columns)}."
    yield Finding(
        "shift",
        "warning" if measured else "problem",
        "Dev is not distributed as train",
        f"{figures} A high dev error may then be mismatch rather than variance"
        + ("; the train-dev set measures which." if measured else ", and nothing measures which."),
        None if measured else "data.train_dev: 0.05",
    )


def separation(prepared: Prepared, seed: int) -> Separation | None:
    """Train logistic regressions of x and x² to tell dev from train, and score rows they have not seen.

    Returns:
        None where there are too few rows.
    """
    rng = np.random.default_rng(seed)
    parts = [_inputs(part, prepared, rng) for part in (prepared.dataset.train, prepared.dataset.dev)]
    if min(map(len, parts)) < LEAST:
        return None
    X, is_dev = np.vstack(parts), np.repeat([0.0, 1.0], [len(part) for part in parts])
    X = X - X.mean(axis=0)
    X /= np.maximum(np.sqrt(np.square(X).mean(axis=0)), 1e-12)
    features = np.hstack([X, np.square(np.clip(X, -5, 5)) - 1])
    fold = _folds(X, rng)
    network = Network(
        (features.shape[1], 1), ACTIVATIONS["identity"], LOSSES["sigmoid"], Penalty(float(len(X)) / 20)
    )
    aucs = []
    for held_out in range(FOLDS):
        fitted, judged = fold != held_out, fold == held_out
        theta = fit_briefly(network, Examples(features[fitted], is_dev[fitted, np.newaxis]), seed)
        aucs.append(
            area(network.logits(theta, features[judged])[:, 0].astype(np.float64), is_dev[judged] > 0)
        )
    auc = float(np.mean(aucs))
    sizes = len(parts[0]), len(parts[1])
    return Separation(auc, area_interval(auc, *sizes), _most_apart(X, is_dev > 0, prepared))


def _folds(X: Floats, rng: np.random.Generator) -> Indices:
    """Deal rows to folds, equal ones to the same: a row's twin in the other part would tell the wrong answer.

    Where most rows have twins, each is dealt for itself, or else few folds would have any.
    """
    _, twins = np.unique(X, axis=0, return_inverse=True)
    twins = twins.reshape(-1)
    different = int(twins.max()) + 1
    if 3 * different < len(X):
        return rng.permutation(len(X)) % FOLDS
    return (rng.permutation(different) % FOLDS)[twins]


def area(scores: Floats, positive: Mask) -> float:
    """Return the probability that a positive scores above a negative, ties counting half (the AUC)."""
    found, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    if len(found) == 0 or positive.all() or not positive.any():
        return 0.5
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place.reshape(-1)]
    a, b = int(positive.sum()), int((~positive).sum())
    return float((rank[positive].sum() - a * (a + 1) / 2) / (a * b))


def area_interval(auc: float, a: int, b: int) -> tuple[float, float]:
    """Return the 95 % interval of an AUC over a and b rows.

    Source: Hanley & McNeil (1982), The meaning and use of the area under a ROC curve.
    """
    q1, q2 = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = (auc * (1 - auc) + (b - 1) * (q1 - auc * auc) + (a - 1) * (q2 - auc * auc)) / (a * b)
    half = Z * math.sqrt(max(variance, 1 / (4 * a * b)))
    return max(0.0, auc - half), min(1.0, auc + half)


def _inputs(part: Part, prepared: Prepared, rng: np.random.Generator) -> Floats:
    """Return the inputs of some rows of a part, as the network sees them."""
    most = max(200, MOST_CELLS // max(1, prepared.dataset.n_x))
    rows = np.sort(rng.permutation(len(part))[:most])
    return lay_out(part, prepared.problem.network, np.float64).rows(rows).X.astype(np.float64)


def _most_apart(X: Floats, is_dev: Mask, prepared: Prepared) -> tuple[str, ...]:
    """Return the three inputs whose distributions are furthest apart (Kolmogorov–Smirnov)."""
    distances = []
    for column in X.T:
        order = np.argsort(column, kind="stable")
        steps = np.where(is_dev, 1 / is_dev.sum(), -1 / (~is_dev).sum())[order]
        ends = np.append(np.diff(column[order]) > 0, True)
        distances.append(float(np.abs(np.cumsum(steps))[ends].max()))
    order = np.argsort(distances)[::-1][:3]
    largest = max(distances)
    names = prepared.dataset.encoder.columns
    return tuple(str(names[at]) for at in order if distances[at] >= largest / 3)
