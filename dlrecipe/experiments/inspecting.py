"""A look at a trained network: how large its inputs are, how many of its units do anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results.inspection import Inspection

if TYPE_CHECKING:
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training import AnyExamples

SAMPLE = 1000  # examples that are looked at, evenly spread over the training set
HARDLY = 0.01  # a unit that varies by less than this part of its layer's liveliest unit is silent
LARGEST = 1e6  # a network that ran away has larger figures, which say no more


def inspect(network: Network, theta: Floats, train: AnyExamples) -> Inspection:
    """Look at up to a thousand training examples on their way through the network."""
    rows = np.linspace(0, len(train) - 1, min(SAMPLE, len(train))).astype(np.intp)
    sample = train.rows(rows)
    with np.errstate(all="ignore"):
        passed, outputs = network.forward(theta, sample.X)
        sizes = np.sqrt(np.square(sample.X, dtype=np.float64).mean(0))
        silent = [_silent(A) for A, _ in passed[1:]]
        output_scale = float(np.sqrt(np.square(outputs, dtype=np.float64).mean()))
    return Inspection(
        baseline=_baseline(network, sample.Y),
        largest_input=_figure(sizes.max()),
        smallest_input=_figure(sizes[sizes > 0].min(initial=LARGEST)),
        silent=float(np.concatenate(silent).mean()) if silent else 0.0,
        output_scale=_figure(output_scale),
    )


def _silent(A: Floats) -> Floats:
    deviation = np.nan_to_num(A.astype(np.float64).std(0), posinf=LARGEST)
    return deviation <= HARDLY * deviation.max()


def _baseline(network: Network, Y: Floats) -> float:
    if network.loss.name == "squared":
        return 1.0
    shares = Y.mean(0) if Y.shape[1] > 1 else np.array([Y.mean(), 1 - Y.mean()])
    return float(1 - shares.max())


def _figure(value: float) -> float:
    return float(min(np.nan_to_num(value, nan=LARGEST), LARGEST))
