"""A model that answers to tables and matrices in memory, as MLflow serves it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from dlrecipe.errors import DataError
from dlrecipe.runs import Model, read_model

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Served:
    """What `mlflow.pyfunc.load_model` wraps."""

    model: Model

    def predict(self, data: Any, params: object = None) -> NDArray[Any]:  # noqa: ARG002  # MLflow hands it in
        """The most probable labels, or a quantity in its own units.

        The data go through a temporary file, so that they are read by the same rules as any other's.

        Args:
            data: A table (pandas or polars) with the training data's columns, or a matrix (m, n_x).
            params: Not used.

        Raises:
            DataError: The columns are not those of the training data, or a row has a gap that is not filled.
        """
        with tempfile.TemporaryDirectory() as folder:
            read = self.model.encoder.read_unlabelled(str(_written(data, Path(folder))))
        if len(read.rows) < len(data):
            raise DataError(f"{len(data) - len(read.rows):,} rows have missing cells and thus no answer.")
        outputs, encoder = self.model.outputs(read.X), self.model.encoder
        if encoder.classes is None:
            return outputs[:, 0].astype(np.float64) * encoder.target_scale + encoder.target_mean
        two = outputs.shape[1] == 1
        return encoder.classes[(outputs[:, 0] > 0.5).astype(int) if two else outputs.argmax(axis=1)]


def _written(data: Any, folder: Path) -> Path:
    if not hasattr(data, "columns"):
        np.save(folder / "data.npy", np.asarray(data))
        return folder / "data.npy"
    columns = {str(name): pl.Series(str(name), data[name].to_list()) for name in data.columns}
    pl.DataFrame(columns).write_parquet(folder / "data.parquet")
    return folder / "data.parquet"


def _load_pyfunc(path: str) -> Served:
    """Read the model; MLflow looks for a function of this name."""
    return Served(read_model(Path(path)))
