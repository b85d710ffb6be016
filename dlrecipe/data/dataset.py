"""The data as a network sees them: examples of a data set or another file, and the encoder that made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from dlrecipe.data.encoded import EncodedRows
    from dlrecipe.data.encoder import Encoder
    from dlrecipe.data.packed import PackedRows
    from dlrecipe.data.plan import Task
    from dlrecipe.data.raw import Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Examples in the order of the file they come from; who takes a few of them draws them at random.

    Attributes:
        X: Inputs (m, n_x), float32, encoded and normalised; of a large part on disk, or bytes.
        y: Classification: int64 index of the class; regression: float64 t = (target −
            target_mean)/target_scale.
        rows: Row numbers in the file, counted from 0 (blank lines do not count).
    """

    X: npt.NDArray[np.float32] | EncodedRows | PackedRows
    y: Indices | Floats
    rows: Indices

    def __len__(self) -> int:
        return len(self.X)


@dataclass(frozen=True, slots=True, eq=False)
class Unlabelled:
    """Examples to predict.

    Attributes:
        X: Their inputs.
        rows: Their row numbers in the file (from 0); a row with a missing cell may not be among them.
        count: How many rows the file has.
        notes: What a user should know.
    """

    X: npt.NDArray[np.float32]
    rows: Indices
    count: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Examples of another file whose target is known, and notes."""

    part: Part
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """The parts of the data, with what was decided on the way.

    Attributes:
        name: Short name of the source.
        task: What is to be learned.
        train, dev, test, train_dev: The parts; None where there is no such part.
        encoder: Turns other files into the same numbers.
        notes: What a user should know, one sentence or two each.
    """

    name: str
    task: Task
    train: Part
    dev: Part
    test: Part | None
    train_dev: Part | None
    encoder: Encoder
    notes: tuple[str, ...]

    @property
    def n_x(self) -> int:
        """Number of inputs of an example."""
        return self.train.X.shape[1]

    @property
    def n_classes(self) -> int | None:
        """Number of classes; None for a regression."""
        return self.encoder.n_classes
