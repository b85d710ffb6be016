"""What is to be trained: a network, examples and settings, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.training.schedules import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results.training import MetricName
    from dlrecipe.training.augment import Augmentation
    from dlrecipe.training.packed import AnyExamples


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs X (m × n_0) and targets Y (m × n_L), as the network sees them, in one precision.

    With weights (m,), the loss of these examples is (1/m) Σ wᵢ lossᵢ. They have mean 1 over the training
    examples, so that m and λ mean what they mean without; errors are never weighted.
    """

    X: Floats
    Y: Floats
    weights: Floats | None = None

    @classmethod
    def encode(
        cls,
        X: Floats,
        y: NDArray[np.generic],
        loss: str,
        outputs: int,
        dtype: type,
        weights: NDArray[np.floating] | None = None,
    ) -> Examples:
        """Lay out targets for a loss: one-hot rows for `softmax`, else one column.

        Args:
            X: Inputs.
            y: Class indices, or the target t of a regression, shape (m,).
            loss: Name of the loss.
            outputs: n_L.
            dtype: np.float32 to train, np.float64 to check.
            weights: What each example's loss counts; None for 1 each.
        """
        w: Floats | None = None if weights is None else weights.astype(dtype, copy=False)
        return cls(np.ascontiguousarray(X, dtype), targets(y, loss, outputs, np.dtype(dtype)), w)

    def __len__(self) -> int:
        return len(self.X)

    def rows(self, rows: NDArray[np.intp]) -> Examples:
        """The examples at these rows, copied."""
        return Examples(self.X[rows], self.Y[rows], None if self.weights is None else self.weights[rows])

    def gather(self, rows: NDArray[np.intp], into: Examples) -> None:
        """Copy the examples at these rows into the buffers of others; both are weighted, or neither."""
        self.X.take(rows, 0, into.X, "clip")
        self.Y.take(rows, 0, into.Y, "clip")
        if self.weights is not None:
            self.weights.take(rows, 0, into.weights, "clip")

    def pieces(self, _size: int) -> Iterator[Examples]:
        """All examples in order: one piece, as they are in memory."""
        yield self

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """What the network calculates in."""
        return self.X.dtype

    def shuffled(self, rng: np.random.Generator, _size: int) -> Iterator[tuple[Examples, NDArray[np.intp]]]:
        """An epoch: the examples and their order; all in one group, whatever the batches."""
        yield self, rng.permutation(len(self))


def targets(y: NDArray[np.generic], loss: str, outputs: int, dtype: np.dtype[np.floating]) -> Floats:
    """Y (m × n_L) of class indices or of t (m,): one-hot rows for `softmax`, else one column."""
    Y: Floats = np.zeros((len(y), outputs), dtype)
    if loss == "softmax":
        Y[np.arange(len(y)), y.astype(np.intp)] = 1
    else:
        Y[:, 0] = y
    return Y


@dataclass(frozen=True, slots=True)
class Problem:
    """One training, all of it: two runs of equal problems give equal bits on one machine.

    Attributes:
        network: What is trained.
        train: The m training examples; where they are too many for the memory, on disk or as bytes.
        dev: The examples that early stopping looks at.
        optimizer: Name in OPTIMIZERS, or `lbfgs`.
        learning_rate: Rate before the schedule's factor.
        batch_size: Examples per step; None for all of them.
        epochs: How many to train at most.
        keep_prob: One per hidden layer.
        seed: From which every stream is drawn.
        schedule: Of the learning rate.
        metric: What the errors after each epoch are; `error` or one of METRICS.
        augmentation: How the pictures of a training step are varied; None leaves them as they are.
    """

    network: Network
    train: AnyExamples
    dev: AnyExamples
    optimizer: str
    learning_rate: float
    batch_size: int | None
    epochs: int
    keep_prob: tuple[float, ...]
    seed: int
    schedule: Schedule = field(default_factory=Schedule)
    metric: MetricName = "error"
    augmentation: Augmentation | None = None

    @property
    def m(self) -> int:
        """Number of training examples."""
        return len(self.train)

    @property
    def in_memory(self) -> Examples:
        """The training examples, for what needs them all at once.

        Raises:
            UsageError: They are on disk, or bytes.
        """
        if isinstance(self.train, Examples):
            return self.train
        raise UsageError(
            "These training examples are on disk, or bytes; this needs them in memory as floats."
        )

    def rate(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from 0."""
        return self.learning_rate * self.schedule.factor(epoch, self.epochs)
