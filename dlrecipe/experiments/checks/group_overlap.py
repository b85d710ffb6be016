"""Groups of rows that belong together, as those of one patient, and yet land in several parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import raw_columns
from dlrecipe.experiments.checks.identity import is_name
from dlrecipe.experiments.checks.one_column import class_error, value_error
from dlrecipe.recipe import wilson
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data import RawColumn
    from dlrecipe.experiments.checks.survey import Survey

LEAST_ROWS = 20
"""Rows below which repeated values are no surprise."""
LEAST_GROUPS = 5
PER_GROUP = 2.0
"""Rows that a group has on average at least."""
TELLS = 0.8
"""Error, of 1 without anything, below which groups say something of a regression's target."""


def look_for_groups(survey: Survey) -> Iterator[Finding]:
    """Yield groups that are in several parts, named by the config or by their column's name."""
    if survey.config.data.group is None and "dev" in survey.parts:
        for column in survey.columns:
            if is_name(column.name):
                yield from _group(survey, column)
    yield from _torn_groups(survey)


def _group(survey: Survey, column: RawColumn) -> Iterator[Finding]:
    """Yield a column whose name and repeated values say that rows of one group are in several parts."""
    values = column.present
    different = len(np.unique(values))
    if len(values) < LEAST_ROWS or different < LEAST_GROUPS or len(values) < PER_GROUP * different:
        return
    shared = _shared(survey, column)
    if not shared:
        return
    alike = _alike(survey, column)
    yield Finding(
        "group_overlap",
        "problem" if alike else "warning",
        f"Groups of `{column.name}` are in train and in dev",
        f"{percent(shared)} of the dev rows have a `{column.name}` that training rows have too"
        + (", and rows of one group have like targets" if alike else "")
        + ". The dev error is then that of known groups, and new ones will do worse.",
        f"data.group: {column.name}",
    )


def _shared(survey: Survey, column: RawColumn) -> float:
    """Return the fraction of dev rows whose value of the column is also in train."""
    found = {}
    for part in ("train", "dev"):
        rows = survey.parts[part]
        other = next(item for item in raw_columns(rows.table, rows.rows) if item.name == column.name)
        values = other.values
        levels = other.levels
        found[part] = (
            np.array([levels[int(code)] for code in other.present]) if levels is not None else values
        )
    return float(np.isin(found["dev"], found["train"]).mean())


def _alike(survey: Survey, column: RawColumn) -> bool:
    """Whether a group tells its rows' target better than nothing does."""
    k = len(survey.classes)
    if not k:
        return value_error(column.values, survey.sample.quantities) < TELLS
    y = survey.sample.labels
    base = 1 - np.bincount(y).max() / len(y)
    return wilson(class_error(column.values, y, k), len(y))[1] < base


def _torn_groups(survey: Survey) -> Iterator[Finding]:
    """Yield the groups of `data.group` that are in two parts: those of own files are not kept apart."""
    groups = {
        name: {
            part.table.group.levels[code]
            for code in np.unique(part.table.group.codes[part.rows])
            if code >= 0
        }
        for name, part in survey.parts.items()
        if part.table.group is not None
    }
    for name in ("dev", "test"):
        shared = groups.get("train", set()) & groups.get(name, set())
        if shared:
            some = ", ".join(sorted(shared)[:3])
            yield Finding(
                "group_overlap",
                "problem",
                f"{count(len(shared), 'group')} of `{survey.config.data.group}` are in train and in {name}",
                f"Such as {some}. The {name} error is then that of known groups, and new ones will do worse.",
                f"data.{name}: Take these groups out of one of the files.",
            )
