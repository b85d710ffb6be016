"""What both estimators share: their parameters, and the way of arrays into a training."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from dlrecipe.errors import ArgumentError
from dlrecipe.estimators.parameters import config_of
from dlrecipe.estimators.scaling import Scaling
from dlrecipe.estimators.trained import Trained
from dlrecipe.experiments.prepare import network_for
from dlrecipe.training import Examples, score

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Diagnosis, Epoch

PRECISIONS = [np.float64, np.float32]


class DenseEstimator(BaseEstimator):
    """A dense network over arrays; its subclasses say what the target is.

    It calculates in the precision of X: float32 takes half the time of float64.
    """

    def __init__(  # noqa: PLR0913  # one for each key of a config that makes sense here
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
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.layers = layers
        self.activation = activation
        self.keep_prob = keep_prob
        self.init = init
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.batch_size = batch_size
        self.epochs = epochs
        self.lambd = lambd
        self.l1_ratio = l1_ratio
        self.patience = patience
        self.normalize = normalize
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        X_dev: ArrayLike | None = None,
        y_dev: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Train a new network.

        Args:
            X: Inputs (examples × features), numbers without gaps.
            y: Target (examples,).
            X_dev: Examples that early stopping looks at: training stops after `patience` epochs without a
                lower error on them, and the model is the best epoch's. Without them all epochs are trained.
            y_dev: Their target.
            sample_weight: What each example counts in the loss and in the statistics that scale the inputs,
                relative to the others; 0 leaves it out. Errors are not weighted.

        Raises:
            ArgumentError: A parameter is not what it may be (a ValueError too).
            ValueError: The arrays do not fit together.
        """
        config = config_of(self.get_params(deep=False), _seed(self.random_state))
        inputs, target, weights = self._checked(X, y, sample_weight, reset=True)
        self._learn(inputs, target, weights)
        network = network_for(config, inputs.shape[1], self._classes)
        train = self._examples(network.loss.name, inputs, target, weights)
        self.trained_ = Trained.anew(config, network, train, self._dev(network.loss.name, X_dev, y_dev))
        return self

    def diagnose(
        self,
        X_dev: ArrayLike | None = None,
        y_dev: ArrayLike | None = None,
        *,
        human_error: float | None = None,
        tolerance: float = 0.02,
        share: float = 0.15,
    ) -> Diagnosis:
        """Tell bias from variance, how sure that is, and what to change.

        Args:
            X_dev: Examples that were not trained on; by default those that `fit` was given.
            y_dev: Their target.
            human_error: Best error thought possible, a fraction.
            tolerance: A gap above this is high …
            share: … if it is also this share of the whole excess.

        Raises:
            ArgumentError: There are no dev examples, or a yardstick is no fraction.
        """
        check_is_fitted(self)
        trained = self.trained_
        yardsticks = {"human_error": human_error, "tolerance": tolerance, "share": share}
        config = config_of({**self.get_params(deep=False), **yardsticks}, trained.config.seed)
        examples = self._dev(trained.network.loss.name, X_dev, y_dev)
        dev = score(trained.network, trained.state.theta, examples) if examples else trained.dev
        if dev is None:
            raise ArgumentError(
                "diagnose needs examples that were not trained on: diagnose(X_dev, y_dev), or "
                "fit(X, y, X_dev, y_dev)."
            )
        return trained.diagnose(config, dev)

    @property
    def n_iter_(self) -> int:
        """Epochs trained."""
        check_is_fitted(self)
        return self.trained_.state.epoch

    @property
    def best_epoch_(self) -> int:
        """The epoch whose parameters are kept."""
        check_is_fitted(self)
        return self.trained_.best_epoch

    @property
    def history_(self) -> tuple[Epoch, ...]:
        """All evaluations, the one before training first; without dev examples, dev figures are train's."""
        check_is_fitted(self)
        return self.trained_.history

    @property
    def coefs_(self) -> list[Floats]:
        """W[l] of each layer (n_l × n_{l−1}), on scaled inputs."""
        check_is_fitted(self)
        return [W for W, _ in self.trained_.network.layout.layers(self.trained_.state.theta)]

    @property
    def intercepts_(self) -> list[Floats]:
        """b[l] of each layer (n_l)."""
        check_is_fitted(self)
        return [b for _, b in self.trained_.network.layout.layers(self.trained_.state.theta)]

    _numeric: bool
    """Whether the target is a quantity."""

    @property
    @abstractmethod
    def _classes(self) -> int | None:
        """Number of classes; None for a quantity."""

    @abstractmethod
    def _learn_target(self, y: Any, weights: Floats) -> None:
        """See what the target is."""

    @abstractmethod
    def _encoded(self, y: Any) -> Any:
        """Class indices or t."""

    @abstractmethod
    def _class_weights(self, y: Any) -> Floats | float:
        """What each example counts because of its class."""

    def _one_epoch(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None, *, first: bool) -> Self:
        """Pass over these examples once; at first, also learn the scales and the target of them."""
        past = None if first else self.trained_
        seed = past.config.seed if past else _seed(self.random_state)
        config = config_of(self.get_params(deep=False), seed)
        if config.training.optimizer == "lbfgs":
            raise ArgumentError("partial_fit trains on parts of the examples; optimizer lbfgs needs all.")
        inputs, target, weights = self._checked(X, y, sample_weight, reset=first)
        if first:
            self._learn(inputs, target, weights)
        network = past.network if past else network_for(config, inputs.shape[1], self._classes)
        train = self._examples(network.loss.name, inputs, target, weights)
        self.trained_ = Trained.one_epoch(config, network, train, past)
        return self

    def _outputs(self, X: ArrayLike) -> Floats:
        """What the network answers to raw inputs."""
        check_is_fitted(self)
        inputs = validate_data(self, X, dtype=PRECISIONS, reset=False)
        return self.trained_.outputs(self.scaling_(inputs))

    def _checked(
        self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None, *, reset: bool
    ) -> tuple[Floats, Any, Floats]:
        """Inputs, target and weights as arrays, without the examples that weigh nothing."""
        inputs, target = validate_data(self, X, y, dtype=PRECISIONS, y_numeric=self._numeric, reset=reset)
        weights = _check_sample_weight(sample_weight, inputs, dtype=np.float64, ensure_non_negative=True)
        counted = weights > 0
        if counted.all():
            return inputs, target, weights
        return inputs[counted], target[counted], weights[counted]

    def _learn(self, inputs: Floats, target: Any, weights: Floats) -> None:
        """Learn from training examples what the target is and how inputs are scaled."""
        self._learn_target(target, weights)
        dtype = np.dtype(np.float64) if self.optimizer == "lbfgs" else inputs.dtype
        if self.normalize:
            self.scaling_ = Scaling.learn(inputs, weights, dtype)
        else:
            self.scaling_ = Scaling.none(inputs.shape[1], dtype)

    def _dev(self, loss: str, X: ArrayLike | None, y: ArrayLike | None) -> Examples | None:
        if X is None and y is None:
            return None
        if X is None or y is None:
            raise ArgumentError("X_dev and y_dev belong together. Got one of them only.")
        inputs, target = validate_data(self, X, y, dtype=PRECISIONS, y_numeric=self._numeric, reset=False)
        return self._examples(loss, inputs, target, np.ones(len(inputs)))

    def _examples(self, loss: str, X: Floats, y: Any, weights: Floats) -> Examples:
        """What the network sees; weights get the mean 1, and are left out where all are equal."""
        w = weights * self._class_weights(y)
        outputs = (self._classes or 1) if loss == "softmax" else 1
        relative = None if np.ptp(w) == 0 else w / w.mean()
        return Examples.encode(
            self.scaling_(X), self._encoded(y), loss, outputs, self.scaling_.dtype.type, relative
        )


def _seed(random_state: int | np.random.RandomState | None) -> int:
    """The number itself, or one that is drawn."""
    if isinstance(random_state, int | np.integer) and random_state >= 0:
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31))
