"""Errors of a classifier other than the fraction misclassified, each 1 − a metric, with bootstrap intervals.

A metric looks at a whole set at once, at logits Z (m × n_L) and targets Y, as the losses do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.nn.losses import softmax
from dlrecipe.training.ranking import Ranking

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats

    Draws = NDArray[np.float64]

RESAMPLES, WORK = 1000, 2e7
"""How many bootstrap samples are drawn, and how many examples are looked at for them in all, at most."""

FEWEST = 100
"""Bootstrap samples at least, however many examples there are."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to measure how a classifier errs.

    Attributes:
        meaning: The error in words.
        error: (Z, Y) -> the error, a fraction.
        resampled: (Z, Y, rng) -> the errors of bootstrap samples of the examples.
    """

    meaning: str
    error: Callable[[Floats, Floats], float]
    resampled: Callable[[Floats, Floats, np.random.Generator], Draws]

    def interval(self, Z: Floats, Y: Floats) -> tuple[float, float, float]:
        """The 95 % percentile interval of the error, which holds it, and its standard deviation.

        The bootstrap starts from a fixed seed: the same answers have the same interval. It cannot know of
        mistakes that no example shows: where all is right it has no width.
        Source: Efron & Tibshirani 1993, An introduction to the bootstrap, chapter 13.
        """
        draws, error = self.resampled(Z, Y, np.random.default_rng(0)), self.error(Z, Y)
        low, high = np.quantile(draws, [0.025, 0.975])
        return min(float(low), error), max(float(high), error), float(draws.std())


def confusion(Z: Floats, Y: Floats) -> NDArray[np.float64]:
    """How many examples of each class (rows) are taken for each (columns), (K × K)."""
    if Z.shape[1] == 1:
        true, guessed, K = (Y[:, 0] > 0).astype(np.intp), (Z[:, 0] > 0).astype(np.intp), 2
    else:
        true, guessed, K = Y.argmax(axis=1), Z.argmax(axis=1), Z.shape[1]
    return np.bincount(true * K + guessed, minlength=K * K).reshape(K, K).astype(np.float64)


def balanced_error(C: NDArray[np.float64]) -> Draws:
    """1 − the mean recall of the classes that there are; of confusion matrices (… × K × K)."""
    own, right = C.sum(axis=-1), np.diagonal(C, axis1=-2, axis2=-1)
    recall = right / np.where(own > 0, own, 1)
    return np.asarray(1 - recall.sum(axis=-1) / (own > 0).sum(axis=-1))


def f1_error(C: NDArray[np.float64]) -> Draws:
    """1 − F1 of the second of two classes, or of more the mean over those that occur or are guessed."""
    right, met = np.diagonal(C, axis1=-2, axis2=-1), C.sum(axis=-1) + C.sum(axis=-2)
    f1 = 2 * right / np.where(met > 0, met, 1)
    if C.shape[-1] == 2:
        return np.asarray(1 - f1[..., 1])
    return np.asarray(1 - f1.sum(axis=-1) / (met > 0).sum(axis=-1))


def auc_error(Z: Floats, Y: Floats) -> float:
    """1 − the area under the ROC curve; of more than two classes the mean of each one against the rest."""
    return _against_the_rest(_rankings(Z, Y), np.ones(len(Z)))


def auc_resampled(Z: Floats, Y: Floats, rng: np.random.Generator) -> Draws:
    """The same of bootstrap samples; each is how often it has every example."""
    rankings, m = _rankings(Z, Y), len(Z)
    samples = int(min(RESAMPLES, max(FEWEST, WORK / (m * len(rankings)))))
    counts = (np.bincount(rng.integers(0, m, m), minlength=m) for _ in range(samples))
    return np.array([_against_the_rest(rankings, count) for count in counts])


def _rankings(Z: Floats, Y: Floats) -> list[Ranking]:
    if Z.shape[1] == 1:
        return [Ranking.of(Z[:, 0], Y[:, 0] > 0)]
    P = softmax(Z)
    return [Ranking.of(P[:, k], Y[:, k] > 0) for k in range(Z.shape[1])]


def _against_the_rest(rankings: list[Ranking], counts: NDArray[np.generic]) -> float:
    areas = np.array([ranking.area(counts) for ranking in rankings])
    known = areas[~np.isnan(areas)]
    return float(1 - known.mean()) if known.size else 0.5


def _of_confusion(meaning: str, error: Callable[[NDArray[np.float64]], Draws]) -> Metric:
    """A metric of the confusion matrix: to draw examples again is to draw its cells again."""

    def resampled(Z: Floats, Y: Floats, rng: np.random.Generator) -> Draws:
        C, m = confusion(Z, Y), len(Z)
        drawn = rng.multinomial(m, C.ravel() / m, RESAMPLES).reshape(RESAMPLES, *C.shape)
        return error(drawn.astype(np.float64))

    return Metric(meaning, lambda Z, Y: float(error(confusion(Z, Y))), resampled)


METRICS: dict[str, Metric] = {
    "balanced_error": _of_confusion(
        "the mean over the classes of the fraction misclassified in each", balanced_error
    ),
    "f1": _of_confusion("1 − F1 (of the second of two classes; of more, the mean over them)", f1_error),
    "auc": Metric(
        "1 − the area under the ROC curve (of more than two classes, the mean of one against the rest)",
        auc_error,
        auc_resampled,
    ),
}
"""By the name a config calls them; `error`, the fraction misclassified, is the loss's own."""
