"""Columns that say nothing, say it twice, or say it on a scale that training suffers from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.raw import listed
from dlrecipe.experiments.checks.remedies import leave_out
from dlrecipe.recipe.texts import count
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlrecipe.data import RawColumn
    from dlrecipe.experiments.checks.survey import Survey

FAR = 5.0
"""Times the spread of all other values that a stand-in for a missing cell lies away from them."""
STANDS_IN = (-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0)
"""Numbers that people write where nothing was measured."""


def look_at_columns(survey: Survey) -> Iterator[Finding]:
    """Yield columns that are constant, repeated, or hold numbers that stand for nothing."""
    constant = [column.name for column in survey.columns if len(np.unique(column.values)) < 2]
    if constant:
        pixels = survey.is_picture
        why = ", as is usual at the edges of pictures." if pixels else ". Is there an error in the file?"
        yield Finding(
            "constant_columns",
            "info" if pixels else "warning",
            f"{count(len(constant), 'column')} with one value in all training rows",
            f"{listed(constant)}: nothing can be learned from them{why}",
            None if pixels else leave_out(survey.config, constant),
        )
    yield from _repeated(survey.columns, set(constant))
    for column in survey.columns:
        if column.levels is None:
            yield from _stand_ins(column)


def _repeated(columns: Sequence[RawColumn], constant: set[str]) -> Iterator[Finding]:
    first: dict[bytes, str] = {}
    pairs = []
    for column in columns:
        if column.name not in constant:
            other = first.setdefault(column.values.tobytes(), column.name)
            if other != column.name:
                pairs.append(f"`{column.name}` repeats `{other}`")
    if pairs:
        yield Finding(
            "repeated_columns",
            "info",
            f"{count(len(pairs), 'column')} with the values of another",
            f"{', '.join(pairs[:5])}{' and others' if len(pairs) > 5 else ''}. They add parameters, "
            "but nothing to learn.",
        )


def _stand_ins(column: RawColumn) -> Iterator[Finding]:
    """Yield a number far from all others that several rows have, as people write it for a missing one."""
    values = column.present
    for number in STANDS_IN:
        rest = values[values != number]
        cells = len(values) - len(rest)
        if cells < 2 or len(rest) < 10:
            continue
        low, high = rest.min(), rest.max()
        far = FAR * (np.quantile(rest, 0.75) - np.quantile(rest, 0.25) or high - low)
        if low - number > max(far, high - low) or number - high > max(far, high - low):
            yield Finding(
                "stand_in_values",
                "problem",
                f"{number:g} seems to stand for a missing cell in `{column.name}`",
                f"{count(cells, 'training row')} have it, and all others lie between {low:g} and {high:g}: "
                "as a number it drowns what they say.",
                f"Leave these cells of `{column.name}` empty, with data.missing: median",
            )
