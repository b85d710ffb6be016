"""How well a score tells positive examples from negative ones, for any number of copies of each example."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Examples in the order of their scores.

    Attributes:
        order: The examples, lowest score first.
        positive: Whether each of them, in this order, is positive.
        starts: Where in this order each different score begins.
    """

    order: NDArray[np.intp]
    positive: NDArray[np.bool_]
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, scores: Floats, positive: NDArray[np.bool_]) -> Self:
        """Sort once, for many samples."""
        order = np.argsort(scores, kind="stable")
        ranked = scores[order]
        fresh = np.concatenate([[True], ranked[1:] != ranked[:-1]])
        return cls(order, positive[order], np.flatnonzero(fresh))

    def area(self, counts: NDArray[np.generic]) -> float:
        """Probability that a positive example scores above a negative one, ties counting half.

        Args:
            counts: How often each example is in the sample (m,).

        Returns:
            The area under the ROC curve; NaN where there are no positive or no negative examples.
        """
        ranked = counts[self.order].astype(np.float64)
        positives = np.add.reduceat(np.where(self.positive, ranked, 0), self.starts)
        negatives = np.add.reduceat(np.where(self.positive, 0, ranked), self.starts)
        pairs = positives.sum() * negatives.sum()
        below = np.cumsum(negatives) - negatives
        return float(positives @ (below + negatives / 2) / pairs) if pairs else math.nan
