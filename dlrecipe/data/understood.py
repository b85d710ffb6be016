"""The main file of a data set, with what is known of it before anything is learned from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.labels import Labels
from dlrecipe.data.missing import usable_rows
from dlrecipe.data.policies import Policies, policies
from dlrecipe.data.sources.roles import require_columns
from dlrecipe.data.target import class_indices, decide_task, find_classes

if TYPE_CHECKING:
    from dlrecipe.data.plan import Plan, Task
    from dlrecipe.data.raw import Codes, Indices, RawTable


@dataclass(frozen=True, slots=True)
class Source:
    """The main file with what is known of it before anything is learned from it."""

    table: RawTable
    rows: Indices
    task: Task
    labels: Labels
    strata: Codes | None  # class of each row of the file


def understand(plan: Plan, table: RawTable) -> tuple[Source, tuple[str, ...]]:
    """Return a file with its usable rows, its task and its classes, and notes.

    Raises:
        DataError: The plan names columns that are not there, or the target cannot be learned.
    """
    missing = policies(plan.missing)
    _require_named(plan, table, missing)
    rows, dropped = usable_rows(table, missing)
    task, guessed = decide_task(table, rows, plan.task)
    strata, classes = None, None
    if task == "classification":
        classes = find_classes(table, rows)
        strata = np.zeros(len(table), np.int16)  # MOST_CLASSES fit
        strata[rows] = class_indices(table, rows, classes)
    labels = Labels(plan.source, table.target_name, classes)
    return Source(table, rows, task, labels, strata), table.notes + dropped + guessed


def _require_named(plan: Plan, table: RawTable, missing: Policies) -> None:
    """Refuse words on missing cells of columns that are not there.

    Raises:
        DataError: There are such columns.
    """
    inputs = table.names.tolist()
    labels = [name for name in (table.target_name, table.group_name, table.time_name) if name]
    require_columns([*inputs, *labels], table.origin, "data.missing", list(missing.columns))
    if not isinstance(plan.missing_indicator, bool):
        require_columns(inputs, table.origin, "data.missing_indicator", plan.missing_indicator)
