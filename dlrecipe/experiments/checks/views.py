"""What of a column may tell the target: all its cells, those that are filled in, or which ones are empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.raw import Floats, Indices


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a column.

    Attributes:
        source: What is looked at, in words.
        rows: Positions of the rows that have it.
        values: What they have; NaN is a value of its own.
    """

    source: str
    rows: Indices
    values: Floats


def views(values: Floats) -> Iterator[View]:
    """Yield the column as it is and, where there are gaps, what its filled and its empty cells say.

    A leak with some gaps tells the target of the other rows only, and one that is only filled in once the
    target is known tells it by being there. The filled cells count where they are at least half.
    """
    everything = np.arange(len(values))
    yield View("this column", everything, values)
    gaps = np.isnan(values)
    if not gaps.any() or gaps.all():
        return
    if 2 * gaps.sum() <= len(values):
        yield View("the filled cells of this column", np.flatnonzero(~gaps), values[~gaps])
    yield View("which cells of this column are empty", everything, gaps.astype(np.float64))
