"""Plain tables of numbers in batches, for a fraction of the memory of a reader that is ready for anything.

Plain means: every input a number or empty, no quotes, every line as long as the header. Of anything else
nothing is decided here, so that there is one place for what cells mean and for every message.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import polars as pl

from dlrecipe.data.raw import Numbers, RawTable, Wanted
from dlrecipe.data.sources.frame import labelled, turn
from dlrecipe.data.sources.header import header_of, look_numeric, named
from dlrecipe.data.sources.roles import Roles, roles_of
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGE = 2**26
"""Bytes of a file from which its numbers are kept as float32, if that is precise enough."""

BATCH = 2**24
"""Bytes that are parsed at a time, and twice as many are under way."""

_FIRST = 2**20  # bytes in which the header and the lines to guess types by are looked for
_REACH = 16.0  # float32 keeps values of up to so many ranges to 2**-24 * 16 of the range, a millionth
_NORMAL = 2.0**-100, 2.0**127  # sizes that float32 keeps with all its digits, also after some arithmetic


class _NotPlainError(Exception):
    """Something that the general reader has to look at."""


class _NotPreciseError(Exception):
    """A column varies too little beside its size for float32."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A plain file: where its rows begin and about how many there are, what parts cells, what columns are."""

    start: int
    rows: int
    separator: str
    types: Mapping[str, type[pl.DataType]]
    roles: Roles


def read(path: str, wanted: Wanted, first_row: str) -> RawTable | None:
    """Read a plain table, its numbers as float64, or in a large file as float32; None if it is not plain.

    All numbers of a large file stay float64 where float32 would round off more than a millionth of a
    column's range, as of timestamps within a day.
    """
    try:
        layout = _layout(path, wanted)
        kinds: list[type[np.floating]] = [np.float32, np.float64] if _size(path) >= LARGE else [np.float64]
        for kind in kinds:
            try:
                numbers, labels = _read(path, layout, kind)
            except _NotPreciseError:
                continue
            table = RawTable(
                path, np.array(layout.roles.inputs), numbers, first_row=first_row, notes=layout.roles.notes
            )
            return labelled(table, labels, layout.roles, wanted)
    except (
        _NotPlainError,
        DataError,
        OSError,
        ValueError,
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,
    ):
        return None
    return None


def _size(path: str) -> int:
    return Path(path).stat().st_size


def _layout(path: str, wanted: Wanted) -> _Layout:
    with Path(path).open("rb") as file:
        head = file.read(_FIRST)
    head = head[: head.rfind(b"\n") + 1]
    line = head[: head.find(b"\n") + 1]
    if b'"' in head or b"\r" in line.removesuffix(b"\r\n") or not line.strip():
        raise _NotPlainError
    header, separator = header_of(head, path)
    names, unnamed = named(header, path)
    roles = roles_of(names, path, wanted)
    numeric = {names[at] for at in look_numeric(head, separator, len(names))}
    texts = wanted.schema.texts if wanted.schema else frozenset[str]()
    if unnamed or texts or not numeric.issuperset(roles.inputs):
        raise _NotPlainError
    inputs = set(roles.inputs) - set(roles.labels)
    types = {name: pl.Float64 if name in inputs else pl.String for name in names}
    rows = int(1.05 * _size(path) * head.count(b"\n") / len(head))
    return _Layout(len(line), rows, separator, types, roles)


def _read(path: str, layout: _Layout, kind: type[np.floating]) -> tuple[Numbers, pl.DataFrame]:
    """Return the inputs as rows, and the columns of labels."""
    width = len(layout.roles.inputs)
    block: Numbers = np.empty((layout.rows, width), kind)
    labels: list[pl.DataFrame] = []
    filled = 0
    for rows, columns in _parsed(path, layout, kind):
        if filled + len(rows) > len(block):
            block.resize((filled + len(rows) + filled // 8, width), refcheck=False)
        block[filled : filled + len(rows)] = rows
        filled += len(rows)
        labels.append(columns)
    if not filled:
        raise _NotPlainError
    block.resize((filled, width), refcheck=False)
    return block, pl.concat(labels)


def _parsed(path: str, layout: _Layout, kind: type[np.floating]) -> Iterator[tuple[Numbers, pl.DataFrame]]:
    """Yield inputs and labels of each batch; two are parsed while one is taken."""
    parse = partial(_parse, layout=layout, kind=kind)
    with Path(path).open("rb") as file, ThreadPoolExecutor(2) as pool:
        file.seek(layout.start)
        waiting = deque(pool.submit(parse, text) for text in _texts(file, 2))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(parse, text) for text in _texts(file, 1))


def _texts(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield up to so many of the next batches of whole lines."""
    for _ in range(most):
        start = file.tell()
        file.seek(BATCH, os.SEEK_CUR)
        file.readline()
        length = file.tell() - start
        file.seek(start)
        if text := file.read(length):
            yield text


def _parse(text: bytes, layout: _Layout, kind: type[np.floating]) -> tuple[Numbers, pl.DataFrame]:
    if b'"' in text:
        raise _NotPlainError
    frame = pl.read_csv(
        text, has_header=False, separator=layout.separator, schema=layout.types, infer_schema_length=0
    )
    if frame[:, -1].null_count():  # perhaps a short or a blank line
        raise _NotPlainError
    inputs = frame.select(layout.roles.inputs)
    if kind is np.float32:
        _require_precise(inputs)
    rows: Numbers = np.empty(inputs.shape, kind)
    turn(inputs, rows)
    return rows, frame.select(layout.roles.labels)


def _require_precise(inputs: pl.DataFrame) -> None:
    lowest, highest = inputs.min().row(0), inputs.max().row(0)
    for column, low, high in zip(inputs, lowest, highest, strict=True):
        if low is None:
            continue
        size = max(high, -low)
        if _NORMAL[0] < size < _NORMAL[1] and size <= _REACH * (high - low):
            continue
        if not (column.cast(pl.Float32).cast(pl.Float64) == column).all():
            raise _NotPreciseError
