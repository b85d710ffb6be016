"""The learned ranking: what a change is expected to gain, as a share of the excess error.

The file is made by `python -m benchmarks.verdict learn` from trainings of generated problems; its seed and
sizes are in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.recipe.ranking.forest import Forest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FILE = "model.npz"
TREES = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A forest with what its predictions are worth.

    Attributes:
        names: The signals, in the forest's order.
        forest: Predicts the share of the excess that a change removes.
        predicted: Predictions at which the next three are known, ascending.
        low, middle, high: What such changes truly brought: 10 % quantile, mean, 90 % quantile.
    """

    names: tuple[str, ...]
    forest: Forest
    predicted: NDArray[np.float64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]

    def shares(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Return the predicted share for each row of signals."""
        X = np.array([[row[name] for name in self.names] for row in rows], np.float32)
        return self.forest.predict(X)

    def worth(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a row for each predicted share: low, mean and high of what such changes brought."""
        return np.column_stack(
            [np.interp(shares, self.predicted, figures) for figures in (self.low, self.middle, self.high)]
        )


@cache
def load_model() -> Model:
    """Return the model that comes with the package."""
    with files(__package__).joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        left = arrays["left"].astype(np.int32)
        forest = Forest(
            arrays["feature"],
            arrays["threshold"],
            left,
            arrays["right"].astype(np.int32),
            arrays["value"],
            arrays["roots"],
            float(arrays["base"]),
        )
        names = tuple(str(name) for name in arrays["names"])
        calibration = {name: arrays[name].astype(float) for name in ("predicted", "low", "middle", "high")}
    return Model(names, forest, **calibration)
