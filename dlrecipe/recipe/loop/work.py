"""What a training costs, known before it begins."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.results import Settings

NOTHING = 1e10
"""Work below this is a second or so, which nobody minds."""

EACH_STEP = 1e6
"""What a step of the optimiser costs besides its sums: small batches of small networks cost little else."""

EACH_UPDATE = 16
"""Examples whose sums take as long as the optimiser's update of every parameter."""

EACH_UNIT = 100
"""Parameters whose sums take as long as one unit's activation and its derivative."""


def work(epochs: int, examples: int, sizes: Sequence[int], batch_size: int) -> float:
    """Return what a training costs, in epochs · examples · parameters; comparable between trainings.

    Args:
        epochs: At most.
        examples: Of the training part.
        sizes: Units of the layers, from the inputs to the outputs.
        batch_size: Examples of a step.
    """
    parameters = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
    each_example = parameters + EACH_UNIT * sum(sizes[1:])
    steps = ceil(examples / max(1, batch_size))
    return float(epochs) * (examples * each_example + steps * (EACH_STEP + EACH_UPDATE * parameters))


def work_of(settings: Settings, patch: Mapping[str, Any], m: int) -> float:
    """Return what settings cost after a patch.

    Args:
        settings: The present ones.
        patch: Dotted keys and their new values.
        m: Training examples.
    """
    layers = patch.get("network.layers", settings.layers)
    epochs = patch.get("training.epochs", settings.epochs)
    batch = patch.get("training.batch_size", settings.batch_size)
    return work(epochs, m, (settings.inputs, *layers, settings.outputs), m if batch == "full" else batch)
