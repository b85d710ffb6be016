"""A model's answers on examples whose truth is known: confusion, calibration, residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.experiments.dev import answers
from dlrecipe.nn import LOSSES
from dlrecipe.recipe import wilson
from dlrecipe.recipe.calibration import chance_calibration_error, expected_calibration_error, reliability
from dlrecipe.recipe.intervals import Z as NORMAL_97
from dlrecipe.results import ClassError, Classes, ReliabilityBin, Residuals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.data import Encoder

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

MOST_POINTS = 1000


def confidences(Z: Floats) -> tuple[Indices, Floats]:
    """Return each example's most probable class, as an index, and its probability; Z is (m × n_L)."""
    if Z.shape[1] == 1:
        p = LOSSES["sigmoid"].output(Z)[:, 0]
        return answers(Z), np.maximum(p, 1 - p)
    return answers(Z), LOSSES["softmax"].output(Z).max(axis=1)


def classes_of(Z: Floats, y: Indices, labels: NDArray[Any]) -> Classes:
    """Return what classes are mistaken for which, and how far the probabilities can be trusted.

    Args:
        Z: The logits (m × n_L).
        y: Indices of the true classes, shape (m,).
        labels: The classes.
    """
    guesses, confidence = confidences(Z)
    K = len(labels)
    confusion = np.bincount(y * K + guesses, minlength=K * K).reshape(K, K)
    names = tuple(str(label) for label in labels.tolist())
    bins = reliability(confidence, guesses == y)
    return Classes(
        labels=names,
        confusion=tuple(map(tuple, confusion.tolist())),
        errors=tuple(_class_error(confusion, i, names) for i in range(K) if confusion[i].any()),
        bins=tuple(
            ReliabilityBin(
                b.low,
                b.high,
                b.examples,
                b.confidence,
                b.right / b.examples,
                wilson(b.right / b.examples, b.examples),
            )
            for b in bins
        ),
        ece=expected_calibration_error(bins),
        ece_by_chance=chance_calibration_error(confidence),
    )


def _class_error(confusion: Indices, i: int, names: tuple[str, ...]) -> ClassError:
    examples = int(confusion[i].sum())
    others = confusion[i].copy()
    others[i] = 0
    wrong = int(others.sum())
    taken_for = names[int(others.argmax())] if wrong else None
    return ClassError(names[i], examples, wrong, wilson(wrong / examples, examples), taken_for)


def residuals_of(Z: Floats, t: Floats, encoder: Encoder) -> Residuals:
    """Return a regression's predictions beside the targets, in the target's units.

    Args:
        Z: The predictions of t (m × 1).
        t: The normalised targets, shape (m,).
        encoder: Has their units.
    """
    predicted = Z[:, 0] * encoder.target_scale + encoder.target_mean
    target = t * encoder.target_scale + encoder.target_mean
    left = target - predicted
    at = np.arange(len(t))
    if len(t) > MOST_POINTS:
        at = np.sort(np.random.default_rng(0).choice(len(t), MOST_POINTS, replace=False))
    mean, half = float(left.mean()), NORMAL_97 * float(left.std()) / len(t) ** 0.5
    return Residuals(
        points=tuple(zip(predicted[at].tolist(), target[at].tolist(), strict=True)),
        mean=mean,
        interval=(mean - half, mean + half),
        typical=float(np.sqrt(np.mean(left * left))),
    )
