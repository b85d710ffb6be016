"""A finished run's dev set, read again, and what its model answers there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.config import load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import Prepared, prepare, require_same_data
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.data import Dataset, Encoder
    from dlrecipe.experiments.run import Run
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.runs import Model

BLOCK = 1024  # examples per forward pass


@dataclass(frozen=True)
class DevSet:
    """The dev part as the run had it, with the run's model.

    Attributes:
        prepared: The run's data.
        model: The run's model.
    """

    prepared: Prepared
    model: Model

    @property
    def dataset(self) -> Dataset:
        """All parts."""
        return self.prepared.dataset

    @property
    def encoder(self) -> Encoder:
        """What the columns and the classes are called."""
        return self.prepared.dataset.encoder

    def __len__(self) -> int:
        return len(self.dataset.dev)

    @cached_property
    def identity(self) -> tuple[str, bytes]:
        """What two runs on the same dev examples agree in: the file, and the rows of it."""
        data = self.prepared.config.data
        return data.dev or data.source, self.dataset.dev.rows.tobytes()

    @cached_property
    def errors(self) -> NDArray[np.float64]:
        """Each dev example's error: 0 or 1; regression: its squared deviation, in units of the error."""
        y = self.dataset.dev.y
        found = [self.errors_of(Z, y[at]) for at, _, Z in self.passes(np.arange(len(self)))]
        return np.concatenate(found)

    def passes(
        self, rows: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], list[tuple[Floats, Floats]], NDArray[np.float64]]]:
        """Yield for blocks of dev examples: which, the layers' answers, and Z[L] in float64.

        Raises:
            RunError: An answer is not finite.
        """
        network, theta = self.model.network, self.model.theta
        with limited(1), np.errstate(all="ignore"):
            for start in range(0, len(rows), BLOCK):
                at = rows[start : start + BLOCK]
                X = np.ascontiguousarray(self.dataset.dev.X[at], theta.dtype)
                hidden, Z = network.forward(theta, X)
                if not np.isfinite(Z).all():
                    raise RunError(
                        "The model's answers are not finite: its training ran away. Train again with a lower "
                        "learning rate."
                    )
                yield at, hidden, Z.astype(np.float64)

    def errors_of(self, Z: Floats, y: NDArray[Any]) -> NDArray[np.float64]:
        """Return the errors of Z[L] against class indices or t."""
        if self.model.network.loss.name == "squared":
            squared: NDArray[np.float64] = np.square(Z[:, 0] - y, dtype=np.float64)
            return squared
        return (answers(Z) != y).astype(np.float64)


def answers(Z: Floats) -> NDArray[np.int64]:
    """Return the index of the most probable class; of equally probable ones, the first."""
    return (Z[:, 0] > 0).astype(np.int64) if Z.shape[1] == 1 else Z.argmax(axis=1)


def open_dev(run: Run) -> DevSet:
    """Read a run's data again.

    Raises:
        DataError: They are gone, or cannot be read.
        RunError: They are not those that the run was trained on.
    """
    folder = RunFolder(run.folder)
    prepared = prepare(load_config(folder.config))
    require_same_data(folder, prepared, run.result.data)
    return DevSet(prepared, run.model)
