"""What a training costs, known before it begins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.results import Settings

NOTHING = 1e10
"""Work below this is a second or so, which nobody minds."""


def work(epochs: int, examples: int, sizes: Sequence[int]) -> float:
    """Return epochs · examples · parameters: a sixth of the operations, and comparable between trainings.

    Args:
        epochs: At most.
        examples: Of the training part.
        sizes: Units of the layers, from the inputs to the outputs.
    """
    return float(epochs) * examples * sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def times_as_much(settings: Settings, patch: Mapping[str, Any], m: int) -> float:
    """Return how many times the present work a patch would cost; what takes a second counts as one.

    Args:
        settings: The present ones.
        patch: Dotted keys and their new values.
        m: Training examples.
    """
    layers = patch.get("network.layers", settings.layers)
    epochs = patch.get("training.epochs", settings.epochs)
    before = work(settings.epochs, m, (settings.inputs, *settings.layers, settings.outputs))
    after = work(epochs, m, (settings.inputs, *layers, settings.outputs))
    return max(after, NOTHING) / max(before, NOTHING)
