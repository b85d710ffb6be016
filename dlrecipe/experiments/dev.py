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
from dlrecipe.recipe.loop.keeping import Measured
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dlrecipe.data import Dataset, Encoder
    from dlrecipe.experiments.run import Run
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.runs import Model

BLOCK = 1024  # examples per forward pass
WORST = 1e12
"""Stands for an error that is no number, or too large to be squared."""


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
        for at, hidden, Z in self._passes(rows):
            if not np.isfinite(Z).all():
                raise RunError(
                    "The model's answers are not finite: its training ran away. Train again with a lower "
                    "learning rate."
                )
            yield at, hidden, Z

    def measured(self) -> Measured:
        """The model's errors, and how far it is off; answers that are not finite count as very far."""
        network, y = self.model.network, self.dataset.dev.y
        errors, misses = [], []
        with np.errstate(all="ignore"):
            for at, _, Z in self._passes(np.arange(len(self))):
                errors.append(self.errors_of(Z, y[at]))
                misses.append(_misses(network, Z, y[at]))
        return Measured(_capped(errors), float(np.mean(_capped(misses))))

    def _passes(
        self, rows: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], list[tuple[Floats, Floats]], NDArray[np.float64]]]:
        network, theta = self.model.network, self.model.theta
        with limited(1), np.errstate(all="ignore"):
            for start in range(0, len(rows), BLOCK):
                at = rows[start : start + BLOCK]
                X = np.ascontiguousarray(self.dataset.dev.X[at], theta.dtype)
                hidden, Z = network.forward(theta, X)
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


def _misses(network: Network, Z: NDArray[np.float64], y: NDArray[Any]) -> NDArray[np.float64]:
    """Return how far each prediction is off: probabilities by their squares, t by its absolute value."""
    output = network.loss.output(Z).astype(np.float64)
    if network.loss.name == "squared":
        return np.abs(output[:, 0] - y)
    if output.shape[1] == 1:
        return np.square(output[:, 0] - y)
    return np.square(output).sum(axis=1) - 2 * output[np.arange(len(y)), y] + 1  # ‖p − one-hot of y‖²


def _capped(pieces: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.nan_to_num(np.concatenate(pieces), nan=WORST).clip(max=WORST)


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
