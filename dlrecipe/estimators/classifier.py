"""A dense network that tells classes apart, as a scikit-learn estimator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils import compute_sample_weight
from sklearn.utils.multiclass import check_classification_targets

from dlrecipe.errors import ArgumentError
from dlrecipe.estimators.base import DenseEstimator

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from dlrecipe.nn.arrays import Floats


class DenseClassifier(ClassifierMixin, DenseEstimator):
    """A dense network with a sigmoid (two classes) or a softmax (more), trained as `dlrecipe train` does.

    Parameters are named and mean as in a config; λ = `lambd`.

    Args:
        layers: Sizes of the hidden layers; () is logistic regression.
        activation: relu, tanh, sigmoid, leaky_relu or identity.
        keep_prob: Probability that a hidden unit is kept in a step: one number, or one per hidden layer.
        init: he, lecun, xavier, zeros or a standard deviation; None takes the one that fits the activation.
        optimizer: adam, gd, momentum, rmsprop or lbfgs (which takes all examples, whatever `batch_size`).
        learning_rate: Length of a step.
        schedule: Of the learning rate: constant, step, cosine, inverse, or a mapping with the settings.
        batch_size: Examples in a step, or full.
        epochs: Passes over the training examples, at most.
        lambd: Strength of the penalty (λ/2m)(ρ‖W‖₁ + (1−ρ)‖W‖²).
        l1_ratio: ρ.
        patience: Epochs without a lower dev error after which training stops; None for never.
        normalize: Whether inputs are scaled to mean 0 and variance 1.
        class_weight: What a class counts in the loss: balanced, a mapping from labels, None for 1 each.
        random_state: Where all randomness starts.

    Attributes:
        classes_: The sorted labels.
    """

    _numeric = False

    def __init__(  # noqa: PLR0913  # scikit-learn reads the parameters off each estimator's own signature
        self,
        layers: tuple[int, ...] = (64,),
        *,
        activation: str = "relu",
        keep_prob: float | tuple[float, ...] = 1.0,
        init: str | float | None = None,
        optimizer: str = "adam",
        learning_rate: float = 0.001,
        schedule: str | dict[str, Any] = "constant",
        batch_size: int | str = 64,
        epochs: int = 100,
        lambd: float = 0.0,
        l1_ratio: float = 0.0,
        patience: int | None = 10,
        normalize: bool = True,
        class_weight: str | dict[Any, float] | None = None,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        super().__init__(
            layers,
            activation=activation,
            keep_prob=keep_prob,
            init=init,
            optimizer=optimizer,
            learning_rate=learning_rate,
            schedule=schedule,
            batch_size=batch_size,
            epochs=epochs,
            lambd=lambd,
            l1_ratio=l1_ratio,
            patience=patience,
            normalize=normalize,
            random_state=random_state,
        )
        self.class_weight = class_weight

    def partial_fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Pass over some examples once; the first ones also decide how inputs are scaled.

        λ is divided by the number of the examples given, and weights have the mean 1 over them.

        Args:
            X: Inputs.
            y: Labels.
            classes: All labels there will be; needed in the first call only.
            sample_weight: As in `fit`.

        Raises:
            ArgumentError: The first call lacks `classes`, or a label is none of them.
        """
        first = not hasattr(self, "trained_")
        if first:
            if classes is None:
                raise ArgumentError("The first call of partial_fit needs classes, all labels there will be.")
            self.classes_ = np.unique(np.asarray(classes))
        elif classes is not None and not np.array_equal(self.classes_, np.unique(np.asarray(classes))):
            raise ArgumentError(f"classes must be those of the first call: {self.classes_.tolist()}.")
        return self._one_epoch(X, y, sample_weight, first=first)

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The probability of each class (examples × classes), in the order of `classes_`."""
        outputs = self._outputs(X)
        return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The most probable label of each example; of equals the first."""
        probabilities = self.predict_proba(X)
        return self.classes_[probabilities.argmax(axis=1)]

    @property
    def _classes(self) -> int:
        return len(self.classes_)

    def _learn_target(self, y: NDArray[Any], _weights: Floats) -> None:
        check_classification_targets(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ArgumentError(
                f"There must be two classes or more. Got one class only, {self.classes_.tolist()[0]!r}."
            )

    def _encoded(self, y: NDArray[Any]) -> NDArray[np.intp]:
        at = np.searchsorted(self.classes_, y).clip(0, len(self.classes_) - 1)
        strange = np.unique(y[self.classes_[at] != y])
        if strange.size:
            raise ArgumentError(f"y has labels that are none of the classes: {strange.tolist()[:10]}.")
        return at

    def _class_weights(self, y: NDArray[Any]) -> Floats:
        return compute_sample_weight(self.class_weight, y)
