"""Which rows can be used: infinities stop; missing cells stop, are filled in later, or cost their row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.blocks import blocks
from dlrecipe.data.policies import Policies
from dlrecipe.data.raw import Coded
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.raw import Column, Indices, Mask, Numbers, RawTable, Texts
    from dlrecipe.data.sources.on_disk import OnDisk

_MOST_MESSAGES = 10


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Cells of one kind in one column: how many, and the first row (from 0)."""

    column: str
    count: int
    first: int


def usable_rows(table: RawTable, policies: Policies) -> tuple[Indices, tuple[str, ...]]:
    """Return the rows (counted from 0) that stay, and a note on those that do not.

    Missing inputs stay under `mean` and `median`, to be filled in. A target, group or time is never filled
    in: its row is dropped.

    Raises:
        DataError: A cell is infinite; a cell is missing whose policy is `error`; or no row is left.
    """
    holes, unlabelled = np.zeros((2, len(table)), bool)
    missing, infinite = _gaps(table.number_names, table.numbers, policies, holes)
    missing += _missing_texts(table, policies, holes)
    missing += _missing_labels(table, unlabelled)
    infinite += _infinite_targets(table)
    problems = [_infinity_message(table, gaps) for gaps in infinite]
    problems += [_hole_message(table, gaps) for gaps in missing if policies.of(gaps.column) == "error"]
    if problems:
        raise DataError(*_shortened(problems))
    rows = np.flatnonzero(~(holes | unlabelled))
    if rows.size == 0:
        raise DataError(f"{table.origin}: every row has a missing cell, so none is left. See `data.missing`.")
    if rows.size == len(table):
        return rows, ()
    reason = "a missing cell" if holes.any() else "no target, group or time"
    return rows, (
        f"{table.origin}: {len(table) - rows.size:,} of {len(table):,} rows are dropped for {reason}.",
    )


def _missing_texts(table: RawTable, policies: Policies, holes: Mask) -> Iterator[_Gaps]:
    """Yield the columns of texts with missing cells, and mark in `holes` which rows they cost."""
    for name, coded in table.texts.items():
        absent = coded.codes < 0
        if absent.any():
            if policies.of(name) == "drop":
                holes |= absent
            yield _Gaps(name, int(absent.sum()), int(absent.argmax()))


def _missing_labels(table: RawTable, rows: Mask) -> Iterator[_Gaps]:
    labels = (
        (table.target_name, table.target),
        (table.group_name, table.group),
        (table.time_name, None if table.time is None else table.time.values),
    )
    for name, column in labels:
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


def _infinite_targets(table: RawTable) -> list[_Gaps]:
    if table.target is None or isinstance(table.target, Coded):
        return []
    names, ignored = np.array([table.target_name]), np.zeros(len(table), bool)
    return _gaps(names, table.target[:, np.newaxis], Policies("error", {}), ignored)[1]


def _gaps(
    names: Texts, values: Numbers | OnDisk, policies: Policies, holes: Mask
) -> tuple[list[_Gaps], list[_Gaps]]:
    """Return the columns with missing cells, marking the rows they cost, and those with infinite ones."""
    width = values.shape[1]
    costly = np.array([policies.of(name) == "drop" for name in names.tolist()], bool)
    missing, infinite = _Tally(width), _Tally(width)
    if values.dtype.kind == "f":
        for block in blocks(len(values), width):
            cells = values[block]
            if not np.isfinite(cells).all():
                absent = np.isnan(cells)
                holes[block] |= absent[:, costly].any(axis=1)
                missing.add(absent, block.start)
                infinite.add(np.isinf(cells), block.start)
    return missing.gaps(names), infinite.gaps(names)


class _Tally:
    """How many cells of each column are of one kind, and the first row where one is."""

    def __init__(self, width: int) -> None:
        self._counts, self._first = np.zeros((2, width), np.int64)

    def add(self, found: Mask, start: int) -> None:
        """Count the cells of a block that begins at row `start`."""
        fresh = found.any(axis=0) & (self._counts == 0)
        self._first[fresh] = start + found.argmax(axis=0)[fresh]
        self._counts += found.sum(axis=0)

    def gaps(self, names: Texts) -> list[_Gaps]:
        """Return the columns that have such cells."""
        return [
            _Gaps(str(names[at]), int(self._counts[at]), int(self._first[at]))
            for at in np.flatnonzero(self._counts)
        ]


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
