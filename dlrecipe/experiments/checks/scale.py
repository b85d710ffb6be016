"""Inputs on scales that training suffers from, where the config switches normalisation off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey

LARGE, HUGE = 10.0, 30.0
"""Root mean square of a column from which it saturates units or blows up the first steps."""
APART, FAR_APART = 100.0, 1000.0
"""Ratio of the largest column's spread to the smallest one's: one learning rate cannot fit both."""


def look_at_scale(survey: Survey) -> Iterator[Finding]:
    """Yield inputs that are far from zero mean and unit variance as the network sees them."""
    if survey.config.data.normalize:
        return
    numbers = [column for column in survey.columns if column.levels is None and column.present.size]
    spread = {column.name: float(column.present.std()) for column in numbers}
    size = {column.name: float(np.sqrt(np.square(column.present).mean())) for column in numbers}
    spread = {name: value for name, value in spread.items() if value > 0}
    if not spread:
        return
    largest, widest, narrowest = (
        max(size, key=size.__getitem__),
        max(spread, key=spread.__getitem__),
        min(spread, key=spread.__getitem__),
    )
    # Pixels at the edge of pictures hardly ever differ, and mean no other scale.
    ratio = 1.0 if survey.is_picture else spread[widest] / spread[narrowest]
    if size[largest] <= LARGE and ratio <= APART:
        return
    yield Finding(
        "unscaled_inputs",
        "problem" if size[largest] > HUGE or ratio > FAR_APART else "warning",
        "The inputs are not on one scale, and normalisation is off",
        f"Values of `{largest}` are about {size[largest]:.3g} in size. The deviation of `{widest}` is "
        f"{spread[widest]:.3g}, that of `{narrowest}` {spread[narrowest]:.3g}: no learning rate fits both.",
        "data.normalize: true",
    )
