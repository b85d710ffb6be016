"""A finished run's error on each dev example, so that runs can be compared example by example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config import load_config
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import prepare, require_same_data
from dlrecipe.runs import RunFolder, read_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.experiments.run import Run

BLOCK = 1024
WORST = 1e12
"""Stands for an error that is no number, or too large to be squared."""


def dev_errors(run: Run) -> NDArray[np.float64]:
    """Return 0 or 1 for each dev example, for regression its squared deviation in units of the error.

    Raises:
        DataError: The data are gone, or cannot be read.
        RunError: They are not those the run was trained on.
    """
    folder = RunFolder(run.folder)
    prepared = prepare(load_config(folder.config))
    require_same_data(folder, prepared, run.result.data)
    model = read_model(folder.model)
    examples = prepared.examples(prepared.dataset.dev)
    found = []
    with limited(1), np.errstate(all="ignore"):
        for piece in examples.pieces(BLOCK):
            _, Z = model.network.forward(model.theta, piece.X)
            found.append(model.network.loss.error(Z, piece.Y).astype(np.float64))
    return np.nan_to_num(np.concatenate(found), nan=WORST).clip(max=WORST)
