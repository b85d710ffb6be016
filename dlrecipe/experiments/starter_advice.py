"""What a first look at the targets says about how to train on them, for the head of a first config."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.recipe.texts import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data import Dataset
    from dlrecipe.data.raw import Floats, Indices
    from dlrecipe.data.target import Classes

RARE = 0.2
"""A class is rare that has less than this part of its share if all classes were equally frequent."""

SKEWED = 3.0
"""Skewness from which a few large targets make most of the squared error; an exponential has 2."""


def advice(dataset: Dataset) -> Iterator[str]:
    """Return sentences, each of which names the keys that it is about."""
    classes, y = dataset.encoder.classes, dataset.train.y
    return _of_quantities(y) if classes is None else _of_classes(y, classes)


def _of_classes(y: Indices | Floats, classes: Classes) -> Iterator[str]:
    shares = np.bincount(y, minlength=len(classes)) / len(y)
    rarest = int(shares.argmin())
    if shares[rarest] < RARE / len(classes):
        label = json.dumps(str(classes[rarest]), ensure_ascii=False)
        yield f"Only {percent(float(shares[rarest]))} of the training examples are of the class {label}."
        yield "If it counts as much as others: training.class_weight: balanced, recipe.metric: balanced_error"


def _of_quantities(t: Indices | Floats) -> Iterator[str]:
    skewness = float(np.mean(((t - t.mean()) / (t.std() or 1.0)) ** 3))
    if skewness > SKEWED:
        yield f"A few targets are far above the others (skewness {skewness:.2g}) and make most of the error."
        yield "If ratios matter more than differences, write the logarithm into a column and predict that."
