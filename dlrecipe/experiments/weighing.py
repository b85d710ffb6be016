"""What the examples of each class count in the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from dlrecipe.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dlrecipe import data

ClassWeights = tuple[float, ...]
"""One for each class, in the order of the classes; their mean over the training examples is 1."""


def class_weights(
    asked: Literal["balanced"] | Mapping[str, float] | None, dataset: data.Dataset
) -> ClassWeights | None:
    """What `training.class_weight` means for these data.

    `balanced` is m/(K·m_k) for a class with m_k of the m training examples, so that each class has the same
    total. A class that no training example has counts as if it had one.

    Raises:
        ConfigError: The target is a quantity, or a label is none of its classes.
    """
    if asked is None:
        return None
    if dataset.n_classes is None:
        raise ConfigError("training.class_weight needs classes, and this is a regression. Remove it.")
    counts = np.bincount(dataset.train.y.astype(np.int64), minlength=dataset.n_classes)
    raw = 1 / np.maximum(counts, 1) if asked == "balanced" else _named(asked, dataset.encoder.labels)
    return tuple((raw * (counts.sum() / (raw @ counts))).tolist())


def _named(asked: Mapping[str, float], labels: data.Labels) -> NDArray[np.float64]:
    known = [] if labels.classes is None else labels.classes.tolist()
    raw = np.ones(len(known))
    unknown = []
    for label, weight in asked.items():
        at = labels.class_of(label)
        if at is None:
            unknown.append(label)
        else:
            raw[at] = weight
    if unknown:
        raise ConfigError(
            f"training.class_weight names {', '.join(map(repr, unknown))}, which the target does not have. "
            f"Its classes are {', '.join(map(str, known[:20]))}{', …' if len(known) > 20 else ''}."
        )
    return raw
