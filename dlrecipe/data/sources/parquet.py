"""Tables in Parquet files: the file's own types decide what is a number and what is a text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import polars as pl

from dlrecipe.data.sources import converted
from dlrecipe.data.sources.files import MOST_BYTES, read_bytes, seekable, stays_on_disk
from dlrecipe.data.sources.frame import table_of
from dlrecipe.data.sources.roles import roles_of
from dlrecipe.data.sources.typed import can_be_input
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import RawTable, Wanted

_MAGIC = b"PAR1"
_MOST_EXPANSION = 1000  # repeated values are stored once, so honest files can expand a lot


def read(path: str, wanted: Wanted) -> RawTable:
    """Read a Parquet file.

    Raises:
        DataError: The file is damaged or declares far more than it holds, or does not have what is wanted.
    """
    if stays_on_disk(path, wanted) and (table := converted.read(path, wanted)):
        return table
    content = read_bytes(path)
    if not (content.startswith(_MAGIC) and content.endswith(_MAGIC)):
        raise DataError(f"{path}: this is no Parquet file, or its end is missing.")
    try:
        _require_modest(content, path)
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{path}: this is no readable Parquet file ({reason}).") from error
    if frame.height == 0:
        raise DataError(f"{path}: the table has columns, but no row.")
    return table_of(frame, roles_of(frame.columns, path, wanted), path, wanted, "counted from 1")


def no_inputs(path: str) -> dict[str, str]:
    """Return the columns whose type cannot be an input, such as List, and the types; none of a damaged file.

    Raises:
        DataError: There is no such file.
    """
    try:
        schema = pl.read_parquet_schema(seekable(path))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        return {}
    return {
        name: str(dtype.base_type().__name__) for name, dtype in schema.items() if not can_be_input(dtype)
    }


def _require_modest(content: bytes, path: str) -> None:
    lazy = pl.scan_parquet(io.BytesIO(content))
    rows, width = int(lazy.select(pl.len()).collect().item()), len(lazy.collect_schema())
    if 8 * rows * width > max(MOST_BYTES, _MOST_EXPANSION * len(content)):
        raise DataError(
            f"{path}: {len(content):,} bytes declare {rows:,} rows of {width:,} columns. The file is damaged."
        )
