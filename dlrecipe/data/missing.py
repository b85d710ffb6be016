"""Which rows can be used: infinities stop; missing cells stop, are filled in later, or cost their row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.blocks import blocks
from dlrecipe.data.raw import Coded
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.plan import Missing
    from dlrecipe.data.raw import Column, Indices, Mask, Numbers, RawTable

_MOST_MESSAGES = 10


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Cells of one kind in one column: how many, and the first row (from 0)."""

    column: str
    count: int
    first: int


def usable_rows(table: RawTable, policy: Missing) -> tuple[Indices, tuple[str, ...]]:
    """Return the rows (counted from 0) that stay, and a note on those that do not.

    Missing inputs stay under `mean` and `median`, to be filled in. A target or group is never filled in.

    Raises:
        DataError: A cell is infinite; a cell is missing and `policy` is `error`; or no row is left.
    """
    holes = np.zeros(len(table), bool)
    missing = list(_missing_inputs(table, holes))
    unlabelled = np.zeros(len(table), bool)
    missing += _missing_labels(table, unlabelled)
    problems = [_infinity_message(table, gaps) for gaps in _infinities(table)]
    if policy == "error":
        problems += [_hole_message(table, gaps) for gaps in missing]
    if problems:
        raise DataError(*_shortened(problems))
    dropped = holes | unlabelled if policy == "drop" else unlabelled
    rows = np.flatnonzero(~dropped)
    if rows.size == 0:
        raise DataError(f"{table.origin}: every row has a missing cell, so none is left. See `data.missing`.")
    if rows.size == len(table):
        return rows, ()
    reason = "a missing cell" if policy == "drop" else "no target or group"
    return rows, (
        f"{table.origin}: {len(table) - rows.size:,} of {len(table):,} rows are dropped for {reason}.",
    )


def _missing_inputs(table: RawTable, holes: Mask) -> Iterator[_Gaps]:
    """Yield the columns with missing cells, and mark their rows in `holes`."""
    counts, first = _count(table.numbers, np.isnan, holes)
    for at in np.flatnonzero(counts):
        yield _Gaps(str(table.number_names[at]), int(counts[at]), int(first[at]))
    for name, coded in table.texts.items():
        absent = coded.codes < 0
        if absent.any():
            holes |= absent
            yield _Gaps(name, int(absent.sum()), int(absent.argmax()))


def _missing_labels(table: RawTable, rows: Mask) -> Iterator[_Gaps]:
    for name, column in ((table.target_name, table.target), (table.group_name, table.group)):
        if column is None:
            continue
        absent = _absent(column)
        if absent.any():
            rows |= absent
            yield _Gaps(name, int(absent.sum()), int(absent.argmax()))


def _absent(column: Column) -> Mask:
    if isinstance(column, Coded):
        return column.codes < 0
    return np.isnan(column) if column.dtype.kind == "f" else np.zeros(len(column), bool)


def _infinities(table: RawTable) -> Iterator[_Gaps]:
    counts, first = _count(table.numbers, np.isinf, np.zeros(len(table), bool))
    for at in np.flatnonzero(counts):
        yield _Gaps(str(table.number_names[at]), int(counts[at]), int(first[at]))
    if table.target is None or isinstance(table.target, Coded):
        return
    counts, first = _count(table.target[:, np.newaxis], np.isinf, np.zeros(len(table), bool))
    if counts[0]:
        yield _Gaps(table.target_name, int(counts[0]), int(first[0]))


def _count(values: Numbers, test: np.ufunc, rows: Mask) -> tuple[Indices, Indices]:
    """Count by column where `test` holds, find the first row where it does, and mark all such in `rows`."""
    counts, first = np.zeros((2, values.shape[1]), np.int64)
    if values.dtype.kind != "f":
        return counts, first
    for block in blocks(*values.shape):
        if np.isfinite(values[block]).all():
            continue
        found = test(values[block])
        fresh = found.any(axis=0) & (counts == 0)
        first[fresh] = block.start + found.argmax(axis=0)[fresh]
        counts += found.sum(axis=0)
        rows[block] |= found.any(axis=1)
    return counts, first


def _infinity_message(table: RawTable, gaps: _Gaps) -> str:
    return (
        f"{table.origin}: column `{gaps.column}` is infinite in {gaps.count:,} rows, the first "
        f"{table.row(gaps.first)}. Correct the value or leave it empty."
    )


def _hole_message(table: RawTable, gaps: _Gaps) -> str:
    return (
        f"{table.origin}: column `{gaps.column}` has {gaps.count:,} missing cells, the first in "
        f"{table.row(gaps.first)}. Fill them in, or train with `data.missing` mean, median or drop."
    )


def _shortened(messages: list[str]) -> list[str]:
    rest = len(messages) - _MOST_MESSAGES
    return messages if rest <= 0 else [*messages[:_MOST_MESSAGES], f"… and {rest:,} more columns."]
