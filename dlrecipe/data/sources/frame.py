"""From a data frame to a `RawTable`: which column is what, and of which type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dlrecipe.data.raw import Coded, RawTable, listed
from dlrecipe.data.sources.cells import as_coded, as_integers, as_numbers
from dlrecipe.data.sources.matching import match_columns
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Column, Numbers, Wanted

DEFAULT_TARGETS = ("label", "target")
_TURNED = 1024
_TEXTS = (pl.String, pl.Categorical, pl.Enum, pl.Boolean)


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns of a table are the inputs, in their order, and which are target and group."""

    inputs: list[str]
    target: str | None
    group: str | None
    notes: tuple[str, ...]


def roles_of(columns: list[str], origin: str, wanted: Wanted) -> Roles:
    """Sort the columns of a table into inputs, target and group.

    Raises:
        DataError: A column is missing, or no input is left.
    """
    target = target_name(columns, origin, wanted)
    group = wanted.group if wanted.group in columns else None
    notes: tuple[str, ...] = ()
    if wanted.schema is None:
        _require_group(columns, origin, wanted.group, target)
        names = [name for name in columns if name not in {target, group}]
    else:
        labels = [name for name in (wanted.target, wanted.group) if name]
        notes = match_columns(origin, wanted.schema, columns, labels)
        names = wanted.schema.names.tolist()
    if not names:
        raise DataError(f"{origin}: no input column is left beside {listed(columns)}.")
    return Roles(names, target, group, notes)


def table_of(
    frame: pl.DataFrame, origin: str, wanted: Wanted, first_row: str, notes: tuple[str, ...]
) -> RawTable:
    """Return a data frame as a table.

    Raises:
        DataError: A column is missing, has a type that cannot be an input, or no input is left.
    """
    roles = roles_of(frame.columns, origin, wanted)
    numbers, texts = _inputs(frame, roles.inputs, origin, wanted, first_row)
    table = RawTable(
        origin, np.array(roles.inputs), numbers, texts, first_row=first_row, notes=notes + roles.notes
    )
    return labelled(table, frame, roles, wanted)


def labelled(table: RawTable, frame: pl.DataFrame, roles: Roles, wanted: Wanted) -> RawTable:
    """Return the table with target and group, which are columns of `frame`.

    Raises:
        DataError: The target has a type that cannot be one.
    """
    target, group = roles.target, roles.group
    return replace(
        table,
        target=None if target is None else _target(frame[target], table.origin, wanted),
        target_name=target or "",
        group=None if group is None else as_coded(frame[group].cast(pl.String)),
        group_name=group or "",
    )


def target_name(columns: list[str], origin: str, wanted: Wanted) -> str | None:
    """Return which column is the target; None where it is left unread.

    Raises:
        DataError: The named column does not exist, or none is named and the choice is not clear.
    """
    if wanted.unlabelled:
        return None
    if wanted.target is not None:
        if wanted.target not in columns:
            raise DataError(
                f"{origin}: there is no column `{wanted.target}` for the target; the columns are "
                f"{listed(columns)}."
            )
        return wanted.target
    present = [name for name in DEFAULT_TARGETS if name in columns]
    if len(present) == 1:
        return present[0]
    found = "both `label` and `target` are there" if present else f"the columns are {listed(columns)}"
    raise DataError(f"{origin}: which column is the target? Name it in `data.target`; {found}.")


def _require_group(columns: list[str], origin: str, group: str | None, target: str | None) -> None:
    if group is None:
        return
    if group not in columns:
        raise DataError(
            f"{origin}: there is no column `{group}` for `data.group`; the columns are {listed(columns)}."
        )
    if group == target:
        raise DataError(f"{origin}: `{group}` is the target; `data.group` must be another column.")


def _inputs(
    frame: pl.DataFrame, names: list[str], origin: str, wanted: Wanted, first_row: str
) -> tuple[Numbers, dict[str, Coded]]:
    texts: dict[str, Coded] = {}
    numbers: list[pl.Series] = []
    problems: list[str] = []
    for name in names:
        series = frame[name]
        text_wanted = _is_text(series) if wanted.schema is None else name in wanted.schema.texts
        if not _is_supported(series.dtype):
            problems.append(
                f"{origin}: column `{name}` has the type {series.dtype}; inputs are numbers, texts or "
                "booleans. Convert it or leave it out."
            )
        elif text_wanted:
            texts[name] = as_coded(series.cast(pl.String))
        else:
            column, wrong = as_numbers(series.cast(pl.String)) if _is_text(series) else (series, None)
            if wrong is not None:
                problems.append(
                    f"{origin}: column `{name}` holds numbers in the training data, but {series[wrong]!r} in "
                    f"row {wrong + 1} ({first_row})."
                )
            numbers.append(column)
    if problems:
        raise DataError(*problems)
    return _matrix(numbers, len(frame)), texts


def _matrix(columns: list[pl.Series], rows: int) -> Numbers:
    """Return columns side by side, null as NaN; float32 where every column is."""
    if not columns:
        return np.empty((rows, 0), np.float32)
    dtype = pl.Float32 if all(column.dtype == pl.Float32 for column in columns) else pl.Float64
    block: Numbers = np.empty((rows, len(columns)), np.float32 if dtype == pl.Float32 else np.float64)
    turn(pl.DataFrame([column.cast(dtype).fill_null(float("nan")) for column in columns]), block)
    return block


def turn(frame: pl.DataFrame, block: Numbers) -> None:
    """Write columns of numbers as rows into `block`, null as NaN."""
    for start in range(0, len(frame), _TURNED):  # a few at a time, within the cache
        block[start : start + _TURNED] = frame[start : start + _TURNED].to_numpy()


def _is_text(series: pl.Series) -> bool:
    return isinstance(series.dtype, _TEXTS)


def _is_supported(dtype: pl.DataType) -> bool:
    return dtype.is_numeric() or isinstance(dtype, (*_TEXTS, pl.Null))


def _target(series: pl.Series, origin: str, wanted: Wanted) -> Column:
    """Return the target as int64, float64, booleans, or texts where one cell is no number."""
    if not _is_supported(series.dtype):
        raise DataError(
            f"{origin}: the target `{series.name}` has the type {series.dtype}; it must be numbers or texts."
        )
    if series.dtype == pl.Boolean and series.null_count() == 0:
        return series.to_numpy()
    if isinstance(series.dtype, pl.String):
        return _target_of_texts(series, wanted)
    if _is_text(series):
        return as_coded(series.cast(pl.String))
    if series.dtype.is_integer() and series.null_count() == 0:
        return series.to_numpy()
    return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _target_of_texts(series: pl.Series, wanted: Wanted) -> Column:
    if wanted.schema is not None and series.name in wanted.schema.texts:
        return as_coded(series)
    integers = as_integers(series)
    if integers is not None:
        return integers.to_numpy()
    numbers, wrong = as_numbers(series)
    if wrong is not None:
        return as_coded(series)
    return numbers.fill_null(float("nan")).to_numpy()
