"""Boosted regression trees, read from arrays and evaluated all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees whose values add up; all nodes of all trees are in one row of each array.

    Attributes:
        feature: Which signal a node asks for.
        threshold: A signal up to this goes left.
        left, right: Where to go from a node; a leaf goes to itself.
        value: What a leaf adds.
        roots: The first node of each tree.
        base: What is there before any tree.
    """

    feature: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    base: float

    def predict(self, X: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the sum over the trees for each row of signals X (n × signals)."""
        at = np.tile(self.roots, (len(X), 1))
        rows = np.arange(len(X))[:, np.newaxis]
        while True:
            goes_left = X[rows, self.feature[at]] <= self.threshold[at]
            after = np.where(goes_left, self.left[at], self.right[at])
            if np.array_equal(after, at):
                return self.base + self.value[at].sum(axis=1, dtype=np.float64)
            at = after
