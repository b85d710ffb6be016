"""What is to be trained: a network, examples and settings, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.training.schedules import Schedule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs X (m × n_0) and targets Y (m × n_L), as the network sees them, in one precision."""

    X: Floats
    Y: Floats

    @classmethod
    def encode(cls, X: Floats, y: NDArray[np.generic], loss: str, outputs: int, dtype: type) -> Examples:
        """Lay out targets for a loss: one-hot rows for `softmax`, else one column.

        Args:
            X: Inputs.
            y: Class indices, or the target t of a regression, shape (m,).
            loss: Name of the loss.
            outputs: n_L.
            dtype: np.float32 to train, np.float64 to check.
        """
        Y: Floats = np.zeros((len(y), outputs), dtype)
        if loss == "softmax":
            Y[np.arange(len(y)), y.astype(np.intp)] = 1
        else:
            Y[:, 0] = y
        return cls(np.ascontiguousarray(X, dtype), Y)

    def __len__(self) -> int:
        return len(self.X)

    def rows(self, rows: NDArray[np.intp]) -> Examples:
        """The examples at these rows, copied."""
        return Examples(self.X[rows], self.Y[rows])


@dataclass(frozen=True, slots=True)
class Problem:
    """One training, all of it: two runs of equal problems give equal bits on one machine.

    Attributes:
        network: What is trained.
        train: The m training examples.
        dev: The examples that early stopping looks at.
        optimizer: Name in OPTIMIZERS, or `lbfgs`.
        learning_rate: Rate before the schedule's factor.
        batch_size: Examples per step; None for all of them.
        epochs: How many to train at most.
        keep_prob: One per hidden layer.
        seed: From which every stream is drawn.
        schedule: Of the learning rate.
    """

    network: Network
    train: Examples
    dev: Examples
    optimizer: str
    learning_rate: float
    batch_size: int | None
    epochs: int
    keep_prob: tuple[float, ...]
    seed: int
    schedule: Schedule = field(default_factory=Schedule)

    @property
    def m(self) -> int:
        """Number of training examples."""
        return len(self.train)

    def rate(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from 0."""
        return self.learning_rate * self.schedule.factor(epoch, self.epochs)
