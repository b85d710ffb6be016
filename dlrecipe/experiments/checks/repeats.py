"""Rows that appear more than once: within a part they weigh double, across parts they flatter the error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import fingerprints
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlrecipe.data.fingerprints import Fingerprints
    from dlrecipe.experiments.checks.survey import Survey

LEAST = 3
"""Repeated rows below which chance may have made them."""
TELLING = 0.01
"""Share of dev from which repeated rows move its error."""
BY_NATURE = 0.01
"""Twins that a row may have by chance, on average, before repetition says nothing: few coarse columns."""
BY_CHANCE = " With so few different values some rows agree by chance."


def look_at_repeats(survey: Survey) -> Iterator[Finding]:
    """Yield rows with the same inputs: across the parts, then within one; then those that contradict."""
    marks = {name: fingerprints(part.table, part.rows) for name, part in survey.parts.items()}
    natural = expected_twins(survey) > BY_NATURE
    yield from _across(survey, marks, natural=natural)
    yield from _within(marks, natural=natural)


def expected_twins(survey: Survey) -> float:
    """How many rows equal to a given one the training rows would have if the columns were independent."""
    chance = 1.0
    for column in survey.columns:
        _, counts = np.unique(column.values, return_counts=True)
        chance *= float(np.square(counts / counts.sum()).sum())
    return chance * len(survey.parts["train"])


def _across(survey: Survey, marks: Mapping[str, Fingerprints], *, natural: bool) -> Iterator[Finding]:
    for name in ("dev", "train_dev", "test"):
        if name not in marks:
            continue
        twins = int(np.isin(marks[name], marks["train"]).sum())
        if not twins:
            continue
        telling = twins >= LEAST and twins >= TELLING * len(marks[name])
        data = survey.config.data
        own_file = name in {"dev", "test"} and data.dev is not None
        source = f"data.{name}" if own_file else "data.source"
        remedy = (
            "Take them out of one of the files." if own_file else "Keep each of them once, or name what joins"
        )
        yield Finding(
            "duplicates_across_parts",
            "problem" if telling and not natural else "warning",
            f"{count(twins, 'row')} of {name} {'is' if twins == 1 else 'are'} also in train",
            f"That is {percent(twins / len(marks[name]))} of {name}: the network has seen their answers, so "
            f"that the {name} error comes out too low.{BY_CHANCE * natural}",
            f"{source}: {remedy}" + ("" if own_file else " them in data.group."),
        )


def _within(marks: Mapping[str, Fingerprints], *, natural: bool) -> Iterator[Finding]:
    for name in ("train", "dev"):
        if name not in marks:
            continue
        different = len(np.unique(marks[name]))
        extra = len(marks[name]) - different
        if not extra:
            continue
        heavy = extra >= LEAST and extra >= TELLING * len(marks[name]) and not natural
        yield Finding(
            "duplicates",
            "warning" if heavy else "info",
            f"{count(extra, 'repeated row')} in {name}",
            f"{percent(extra / len(marks[name]))} of {name} have the inputs of another row; {different:,} "
            "are different. They weigh double, and intervals count each as new evidence."
            f"{BY_CHANCE * natural}",
        )
