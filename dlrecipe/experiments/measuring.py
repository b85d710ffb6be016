"""A finished run's model on each dev example, so that runs can be compared example by example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config import load_config
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import prepare, require_same_data
from dlrecipe.recipe.loop.keeping import Measured
from dlrecipe.runs import RunFolder, read_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.experiments.run import Run
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats

BLOCK = 1024
WORST = 1e12
"""Stands for an error that is no number, or too large to be squared."""


def measure(run: Run) -> Measured:
    """Return the run's model on its dev set.

    Raises:
        DataError: The data are gone, or cannot be read.
        RunError: They are not those the run was trained on.
    """
    folder = RunFolder(run.folder)
    prepared = prepare(load_config(folder.config))
    require_same_data(folder, prepared, run.result.data)
    model = read_model(folder.model)
    examples = prepared.examples(prepared.dataset.dev)
    errors, misses = [], []
    with limited(1), np.errstate(all="ignore"):
        for piece in examples.pieces(BLOCK):
            _, Z = model.network.forward(model.theta, piece.X)
            errors.append(model.network.loss.error(Z, piece.Y).astype(np.float64))
            misses.append(_misses(model.network, Z, piece.Y))
    return Measured(_finite(errors), float(np.mean(_finite(misses))))


def _misses(network: Network, Z: Floats, Y: Floats) -> NDArray[np.float64]:
    """Return how far each prediction is off: probabilities by their squares, t by its absolute value."""
    deviations = (network.loss.output(Z) - Y).astype(np.float64)
    return np.abs(deviations[:, 0]) if network.loss.name == "squared" else np.square(deviations).sum(axis=1)


def _finite(pieces: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.nan_to_num(np.concatenate(pieces), nan=WORST).clip(max=WORST)
