"""A trained model with all that prediction needs, and its file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.data import Encoder
from dlrecipe.errors import RunError
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network
from dlrecipe.runs.archive import read_archive, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats


@dataclass(frozen=True)
class Model:
    """A network, its parameters, and the way from raw columns to its inputs.

    Attributes:
        network: What is computed; a model read from a file has no penalty.
        theta: The parameters.
        encoder: From a file's columns to the inputs, and from class indices to labels.
    """

    network: Network
    theta: Floats
    encoder: Encoder

    def outputs(self, X: Floats) -> Floats:
        """Ŷ for inputs as the network sees them: probabilities, or t."""
        return self.network.predict(self.theta, X)


def write_model(path: Path, model: Model) -> None:
    """Write `model.npz`: W1, b1, …, the activation, the loss, and the encoder's arrays."""
    arrays: dict[str, Any] = {
        "activation": np.array(model.network.activation.name),
        "loss": np.array(model.network.loss.name),
    }
    for l, (W, b) in enumerate(model.network.layout.layers(model.theta), 1):
        arrays[f"W{l}"], arrays[f"b{l}"] = W, b
    write_archive(path, {**arrays, **model.encoder.to_arrays()})


def read_model(path: Path) -> Model:
    """Read `model.npz`.

    Raises:
        RunError: The file is missing, damaged, or its arrays do not fit together.
        DataError: Its preprocessing is damaged.
    """
    arrays = read_archive(path)
    try:
        network, theta = _network(arrays)
    except (KeyError, ValueError, TypeError) as error:
        raise RunError(f"{path} does not hold a whole model ({error}).") from error
    return Model(network, theta, Encoder.from_arrays(arrays))


def _network(arrays: dict[str, NDArray[Any]]) -> tuple[Network, Floats]:
    depth = sum(name[:1] == "W" and name[1:].isdecimal() for name in arrays)
    if depth == 0:
        raise ValueError("there is no W1")
    weights = [arrays[f"W{l}"] for l in range(1, depth + 1)]
    biases = [arrays[f"b{l}"] for l in range(1, depth + 1)]
    if any(W.ndim != 2 for W in weights):
        raise ValueError("a W is no matrix")
    sizes = (weights[0].shape[1], *(W.shape[0] for W in weights))
    for (n_in, n_out), W, b in zip(pairwise(sizes), weights, biases, strict=True):
        if W.shape != (n_out, n_in) or b.shape != (n_out,) or W.dtype.kind != "f" or b.dtype.kind != "f":
            raise ValueError("the layers' shapes do not follow on each other")
    network = Network(sizes, ACTIVATIONS[str(arrays["activation"])], LOSSES[str(arrays["loss"])])
    return network, np.concatenate([*(W.ravel() for W in weights), *biases])
