"""The target: classification or regression, its classes, and each row's class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data.distinct import distinct, numbered
from dlrecipe.data.raw import Coded, listed
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.plan import Task
    from dlrecipe.data.raw import Column, Floats, Indices, RawTable

Classes = npt.NDArray[Any]  # sorted labels as the file has them: texts, int64, float64 or bool

MOST_CLASSES = 1000


def decide_task(table: RawTable, rows: Indices, asked: Task | None) -> tuple[Task, tuple[str, ...]]:
    """Return the task that was asked for, or guess it and say so in a note.

    Texts and booleans are classes, fractions are a quantity. Whole numbers are classes if there are at most 2
    different ones, at most 10 that appear twice on average, or at most 20 that appear ten times.

    Raises:
        DataError: Regression is asked for, but the target is text.
    """
    values = _present(table, rows)
    name = (
        f"{table.origin}: the target `{table.target_name}`"
        if table.target_name
        else f"{table.origin}: the target"
    )
    if asked is not None:
        if asked == "regression" and isinstance(values, Coded):
            raise DataError(
                f"{name} holds texts as {values.levels[0]!r}; `data.task: regression` needs numbers."
            )
        return asked, ()
    if table.task:  # a bundled set or a set of images says so itself
        return table.task, ()
    task, because = _guess(values)
    return task, (f"{name} is {because}: this is {task}. `data.task` says otherwise if need be.",)


def _guess(values: Column) -> tuple[Task, str]:
    if isinstance(values, Coded):
        return "classification", "text"
    if values.dtype.kind == "b":
        return "classification", "true or false"
    if values.dtype.kind == "f" and not _all_whole(values):
        return "regression", "a number with fractions"
    different, n = len(distinct(values)), len(values)
    few = (
        different <= 2
        or (different <= 10 and 2 * different <= n)
        or (different <= 20 and 10 * different <= n)
    )
    because = f"whole numbers, {different:,} different ones in {n:,} rows"
    return ("classification" if few else "regression"), because


def find_classes(table: RawTable, rows: Indices) -> Classes:
    """Return the different labels in `rows`, sorted; whole numbers become int64, also `1.0`.

    Raises:
        DataError: There is only one, there are more than 1,000, or every row has its own.
    """
    values = _present(table, rows)
    if isinstance(values, Coded):
        used = np.flatnonzero(np.bincount(values.codes, minlength=len(values.levels)))
        _require_classes(table, [values.levels[at] for at in used[: MOST_CLASSES + 1]], len(rows))
        return np.array([values.levels[at] for at in used])
    classes = distinct(values)
    _require_classes(table, classes[: MOST_CLASSES + 1].tolist(), len(rows))
    return classes.astype(np.int64) if classes.dtype.kind in "iuf" and _all_whole(classes) else classes


def class_indices(table: RawTable, rows: Indices, classes: Classes) -> Indices:
    """Return the index in `classes` of each row's label.

    Raises:
        DataError: A label is none of the classes.
    """
    values = _present(table, rows)
    if isinstance(values, Coded):
        used, codes = numbered(values.codes)
        labels: list[Any] = [values.levels[at] for at in used]
    else:
        found, codes = numbered(values)
        labels = found.tolist()
    del values  # as large as the answer below, where a set on disk is all rows and few columns
    index = {canonical(label): at for at, label in enumerate(classes.tolist())}
    numeric = classes.dtype.kind != "U"
    lookup = np.array([index.get(canonical(label, numeric=numeric), -1) for label in labels], np.int64)
    if (lookup < 0).any():
        unseen = [str(label) for label, at in zip(labels, lookup, strict=True) if at < 0]
        first = int(rows[np.flatnonzero(lookup[codes] < 0)[0]])
        raise DataError(
            f"{table.origin}: the target has classes that the training data do not have: {listed(unseen)}, "
            f"first in {table.row(first)}. Known are {listed([str(label) for label in classes.tolist()])}."
        )
    return lookup[codes]


def quantities(table: RawTable, rows: Indices) -> Floats:
    """Return the target of a regression in its own units.

    Raises:
        DataError: It is text.
    """
    values = _present(table, rows)
    if isinstance(values, Coded):
        raise DataError(
            f"{table.origin}: the target holds texts as {values.levels[0]!r}, but a regression's are numbers."
        )
    return values.astype(np.float64)


def _present(table: RawTable, rows: Indices) -> Column:
    target = table.target
    if target is None:
        raise DataError(f"{table.origin}: there is no target.")
    return Coded(target.codes[rows], target.levels) if isinstance(target, Coded) else target[rows]


def _all_whole(values: npt.NDArray[Any]) -> bool:
    """Whether all values are whole numbers that int64 can hold."""
    return bool((np.abs(values.astype(np.float64)) < 2.0**63).all() and (values == np.floor(values)).all())


def canonical(label: object, *, numeric: bool = False) -> str:
    """Return the text by which labels of different files and types are compared: 1, 1.0 and "1" are one."""
    if isinstance(label, bool):
        return str(label).lower()
    if numeric and isinstance(label, str):
        return label.lower()
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return str(label)


def _require_classes(table: RawTable, labels: list[Any], rows: int) -> None:
    if len(labels) == 1:
        raise DataError(
            f"{table.origin}: every row's target is {labels[0]!r}; there is nothing to learn. Classification "
            "needs two classes."
        )
    if len(labels) > MOST_CLASSES or len(labels) == rows:
        many = (
            f"more than {MOST_CLASSES:,} classes"
            if len(labels) > MOST_CLASSES
            else "a class of its own for every row"
        )
        raise DataError(
            f"{table.origin}: the target `{table.target_name}` has {many}. If it is a quantity, set "
            "`data.task: regression`; if it is a name, choose another target."
        )
