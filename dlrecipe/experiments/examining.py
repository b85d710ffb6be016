"""What a model does on its dev set, example by example: where the next improvement may come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.experiments.answers import classes_of, confidences, residuals_of
from dlrecipe.experiments.layers import Activity, layer_states
from dlrecipe.experiments.pictures import can_be_drawn, image_shape, picture
from dlrecipe.experiments.slicing import sliced_columns, slices
from dlrecipe.results import Examination, Mistake

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dlrecipe.experiments.dev import DevSet
    from dlrecipe.experiments.pictures import Shape

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    _Texts = tuple[str, str, float | None]

MOST_EXAMPLES = 20_000
"""Dev examples that are looked at: of a larger set, so many drawn at random."""

MOST_MISTAKES = 24
"""Wrong answers that are shown."""

MOST_DEVIATIONS = 10
"""Predictions far from their targets that are shown."""


@dataclass(frozen=True)
class _Answers:
    """What the model said of the examples that were looked at."""

    rows: Indices
    Z: Floats
    errors: Floats
    activity: Activity


def examine(dev: DevSet) -> Examination:
    """Look at a dev set.

    Raises:
        DataError: The data have changed while they were read.
    """
    found = _answer(dev)
    y: NDArray[Any] = dev.dataset.dev.y[found.rows]
    inputs = dev.dataset.dev.X[found.rows].astype(np.float64) * dev.encoder.scale + dev.encoder.mean
    shape = image_shape(dev.dataset)
    labels = dev.encoder.classes
    columns = sliced_columns(inputs, dev.encoder) if shape is None else iter(())  # a pixel tells nothing
    telling, looks = slices(columns, found.errors, dev.dataset.task)
    return Examination(
        examples=len(found.rows),
        of=len(dev),
        classes=None if labels is None else classes_of(found.Z, y, labels),
        residuals=residuals_of(found.Z, y, dev.encoder) if labels is None else None,
        mistakes=_worst(dev, found, inputs, shape if can_be_drawn(shape) else None),
        slices=telling,
        looks=looks,
        layers=layer_states(dev.model, found.activity),
    )


def _answer(dev: DevSet) -> _Answers:
    rows = np.arange(len(dev))
    if len(dev) > MOST_EXAMPLES:
        rows = np.sort(np.random.default_rng(0).choice(len(dev), MOST_EXAMPLES, replace=False))
    activity, Z = Activity(dev.model), []
    for _, hidden, block in dev.passes(rows):
        activity.add(hidden)
        Z.append(block)
    stacked = np.concatenate(Z)
    return _Answers(rows, stacked, dev.errors_of(stacked, dev.dataset.dev.y[rows]), activity)


def _worst(dev: DevSet, found: _Answers, inputs: Floats, shape: Shape | None) -> tuple[Mistake, ...]:
    """Return the mistakes that the model was surest of; a regression's largest deviations."""
    order, texts = _surest(dev, found) if dev.encoder.classes is not None else _farthest(dev, found)
    low, high = float(inputs.min()), float(inputs.max())
    rows = dev.dataset.dev.rows[found.rows]
    return tuple(
        Mistake(int(rows[i]), *text, picture(inputs[i], shape, low, high) if shape else None)
        for i, text in zip(order.tolist(), texts, strict=True)
    )


def _surest(dev: DevSet, found: _Answers) -> tuple[Indices, list[_Texts]]:
    """Return where the model is wrong, the surest answers first: label, answer, confidence."""
    guesses, confidence = confidences(found.Z)
    wrong = np.flatnonzero(found.errors)
    order = wrong[np.argsort(-confidence[wrong], kind="stable")][:MOST_MISTAKES]
    labels = [] if dev.encoder.classes is None else [str(label) for label in dev.encoder.classes.tolist()]
    y = dev.dataset.dev.y[found.rows]
    return order, [(labels[int(y[i])], labels[guesses[i]], float(confidence[i])) for i in order]


def _farthest(dev: DevSet, found: _Answers) -> tuple[Indices, list[_Texts]]:
    """Return the largest deviations, the largest first: target, prediction, no confidence."""
    order = np.argsort(-found.errors, kind="stable")[:MOST_DEVIATIONS]
    y, scale, mean = dev.dataset.dev.y[found.rows], dev.encoder.target_scale, dev.encoder.target_mean
    pairs = [(y[i] * scale + mean, found.Z[i, 0] * scale + mean) for i in order]
    return order, [(f"{target:.5g}", f"{prediction:.5g}", None) for target, prediction in pairs]
