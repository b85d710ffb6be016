"""A dense network that predicts a quantity, as a scikit-learn estimator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import RegressorMixin

from dlrecipe.estimators.base import DenseEstimator
from dlrecipe.estimators.scaling import Scaling

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from dlrecipe.nn.arrays import Floats


class DenseRegressor(RegressorMixin, DenseEstimator):
    """A dense network with one linear output and the loss ½(ŷ − t)², trained as `dlrecipe train` does.

    t is the target scaled to mean 0 and variance 1; predictions are in the target's own units. Parameters are
    those of `DenseClassifier` without `class_weight`; `layers=()` with `lambd` is scikit-learn's Ridge.
    """

    _numeric = True

    def partial_fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Pass over some examples once; the first ones also decide how inputs and target are scaled.

        λ is divided by the number of the examples given, and weights have the mean 1 over them.
        """
        return self._one_epoch(X, y, sample_weight, first=not hasattr(self, "trained_"))

    def predict(self, X: ArrayLike) -> Floats:
        """The predicted quantity of each example (examples,)."""
        t = self._outputs(X).astype(np.float64)
        return self.target_scaling_.undone(t)[:, 0]

    @property
    def _classes(self) -> None:
        return None

    def _learn_target(self, y: NDArray[Any], weights: Floats) -> None:
        self.target_scaling_ = Scaling.learn(y.astype(np.float64)[:, None], weights, np.dtype(np.float64))

    def _encoded(self, y: NDArray[Any]) -> Floats:
        return self.target_scaling_(y.astype(np.float64)[:, None])[:, 0]

    def _class_weights(self, _y: NDArray[Any]) -> float:
        return 1.0
