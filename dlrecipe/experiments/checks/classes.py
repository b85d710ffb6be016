"""How often each class appears: where one is rare, the error says little of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.raw import listed
from dlrecipe.recipe.texts import percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlrecipe.data.raw import Indices
    from dlrecipe.experiments.checks.survey import Survey

ONE_SIDED = 0.9
"""Share of the largest class from which always naming it looks like a good model."""
FAR = 4.0
"""Standard errors between a class's shares of train and dev that are no accident, even of many classes."""
RARE = 10
"""Training rows below which a class can hardly be learned."""
UNMEASURED = 5
"""Dev rows below which a class has no error of its own."""


def look_at_classes(survey: Survey) -> Iterator[Finding]:
    """Yield an imbalance, and classes with too few rows to be learned or measured."""
    k = len(survey.classes)
    if not k:
        return
    counts = {name: np.bincount(part.labels, minlength=k) for name, part in survey.parts.items()}
    train = counts["train"]
    largest, smallest = int(train.argmax()), int(train.argmin())
    majority = float(train.max() / train.sum())
    if majority >= ONE_SIDED:
        yield Finding(
            "class_imbalance",
            "warning",
            f"{percent(majority)} of the training rows are of class `{survey.classes[largest]}`",
            f"Always naming it has an error of {percent(1 - majority)} without having learned anything: "
            f"judge errors against that. Class `{survey.classes[smallest]}` has {train[smallest]:,} training "
            "rows.",
        )
    dev = counts.get("dev")
    unlearned = (
        [survey.classes[at] for at in np.flatnonzero((train == 0) & (dev > 0)).tolist()]
        if dev is not None
        else []
    )
    if unlearned:
        yield Finding(
            "absent_classes",
            "problem",
            f"No training row is of class {listed(unlearned)}",
            "Dev has rows of it; the network cannot name what it never saw.",
            "data.stratify: true" if survey.config.data.dev is None else None,
        )
    if dev is not None and survey.config.data.dev is not None:
        yield from _other_mix(survey.classes, train, dev)
    few = [
        f"`{survey.classes[at]}` ({train[at]:,})"
        for at in np.flatnonzero((train > 0) & (train < RARE)).tolist()
    ]
    if few:
        yield Finding(
            "rare_classes",
            "warning",
            f"{len(few)} of {k} classes have fewer than {RARE} training rows",
            f"{', '.join(few[:10])}{' and others' if len(few) > 10 else ''}: too few to learn from.",
        )
    if dev is not None and (unmeasured := np.flatnonzero((dev < UNMEASURED) & (train > 0))).size:
        names = [f"`{survey.classes[at]}` ({dev[at]:,})" for at in unmeasured.tolist()]
        yield Finding(
            "rare_classes_in_dev",
            "warning",
            f"{len(names)} of {k} classes have fewer than {UNMEASURED} dev rows",
            f"{', '.join(names[:10])}{' and others' if len(names) > 10 else ''}: dev can't show whether they "
            "are learned.",
        )


def _other_mix(classes: Sequence[str], train: Indices, dev: Indices) -> Iterator[Finding]:
    """Yield the class whose share differs most between train and a dev file, where chance can't do that."""
    p, q = train / train.sum(), dev / dev.sum()
    pooled = (train + dev) / (train.sum() + dev.sum())
    deviation = np.sqrt(pooled * (1 - pooled) * (1 / train.sum() + 1 / dev.sum()))
    apart = np.abs(p - q) / np.maximum(deviation, 1e-12)
    at = int(apart.argmax())
    if apart[at] > FAR:
        yield Finding(
            "class_mix",
            "warning",
            "Train and dev have another mix of classes",
            f"Class `{classes[at]}` is {percent(p[at])} of train and {percent(q[at])} of dev: how frequent "
            "classes are, which the network learns too, does not hold on dev.",
        )
