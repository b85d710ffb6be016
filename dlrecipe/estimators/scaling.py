"""From the numbers an estimator is given to those its network sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from sklearn.preprocessing import StandardScaler

if TYPE_CHECKING:
    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, eq=False)
class Scaling:
    """The network sees (x − mean)/scale.

    Attributes:
        mean, scale: Of each column.
        dtype: What the network calculates in.
    """

    mean: Floats
    scale: Floats
    dtype: np.dtype[np.floating]

    @classmethod
    def learn(cls, values: Floats, weights: Floats, dtype: np.dtype[np.floating]) -> Self:
        """Weighted mean and standard deviation of each column; a constant one is only moved to 0."""
        scaler = StandardScaler().fit(values, sample_weight=weights)
        return cls(scaler.mean_, scaler.scale_, dtype)

    @classmethod
    def none(cls, columns: int, dtype: np.dtype[np.floating]) -> Self:
        """Columns as they are."""
        return cls(np.zeros(columns), np.ones(columns), dtype)

    def __call__(self, values: Floats) -> Floats:
        """What the network sees."""
        return ((values - self.mean) / self.scale).astype(self.dtype, copy=False)

    def undone(self, scaled: Floats) -> Floats:
        """What was scaled."""
        return scaled * self.scale + self.mean
