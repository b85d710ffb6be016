"""Whether a probability of 90 % is right nine times out of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BINS = 10
_DRAWS = 5_000_000  # answers that are simulated at most


class Bin(NamedTuple):
    """Examples of similar confidence: their range, number, mean confidence, and how many are right."""

    low: float
    high: float
    examples: int
    confidence: float
    right: int


def reliability(confidence: Floats, right: NDArray[np.bool_]) -> list[Bin]:
    """Sort examples into ten equally wide bins of confidence; empty bins are left out.

    Args:
        confidence: Probability that the model gives its own answer, shape (m,).
        right: Whether that answer is right, shape (m,).
    """
    at = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    found = []
    for b in np.unique(at).tolist():
        here = at == b
        mean = float(confidence[here].mean())
        found.append(Bin(b / BINS, (b + 1) / BINS, int(here.sum()), mean, int(right[here].sum())))
    return found


def expected_calibration_error(bins: list[Bin]) -> float:
    """Return ECE: the distance of confidence from accuracy, averaged over the examples, as a fraction.

    Source: Guo, Pleiss, Sun & Weinberger (2017), On calibration of modern neural networks.
    """
    m = sum(b.examples for b in bins)
    return sum(abs(b.examples * b.confidence - b.right) for b in bins) / m


def chance_calibration_error(confidence: Floats) -> float:
    """Return the ECE that a perfectly calibrated model of these confidences shows on average.

    It is above 0, because the bins of a finite dev set are never quite right. A thousand simulated answers.

    Args:
        confidence: As `reliability` has it.
    """
    rng, m = np.random.default_rng(0), len(confidence)
    at = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    expected = np.bincount(at, confidence, BINS)
    errors = [
        np.abs(expected - np.bincount(at[rng.random(m) < confidence], minlength=BINS)).sum() / m
        for _ in range(max(10, min(1000, _DRAWS // m)))
    ]
    return float(np.mean(errors))
