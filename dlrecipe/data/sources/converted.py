"""Large Parquet files: their rows are compressed and stored by columns, so they are laid out once, as rows.

They go to a nameless temporary file, in the folder that `TMPDIR` names, and are gone with the process,
however it ends. Copies that stay would save the next command this work, but could be stale and would pile up.
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dlrecipe.data.raw import RawTable
from dlrecipe.data.sources.frame import labelled, turn
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.data.sources.roles import roles_of
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import Numbers, Wanted

_PIECE = 2**25  # bytes of numbers that are laid out at a time


def read(path: str, wanted: Wanted) -> RawTable | None:
    """Read a Parquet file, its inputs as rows of a temporary file; None where not all of them are numbers.

    Raises:
        DataError: The file is damaged, does not have what is wanted, or there is no room for its rows.
    """
    lazy = pl.scan_parquet(path)
    try:
        schema = lazy.collect_schema()
        roles = roles_of(schema.names(), path, wanted)
        if not all(schema[name].is_numeric() for name in roles.inputs):
            return None
        labels = lazy.select(roles.labels).collect()
        rows = int(lazy.select(pl.len()).collect().item())
        if not rows:
            return None
        single = all(schema[name] == pl.Float32 for name in roles.inputs)
        numbers = _laid_out(
            lazy.select(roles.inputs), path, rows, np.dtype(np.float32 if single else np.float64)
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{path}: this is no readable Parquet file ({reason}).") from error
    table = RawTable(path, np.array(roles.inputs), numbers, notes=roles.notes)
    return labelled(table, labels, roles, wanted)


def _laid_out(lazy: pl.LazyFrame, path: str, rows: int, dtype: np.dtype[np.floating]) -> OnDisk:
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # the array keeps it open
    width = len(lazy.collect_schema())
    step = max(1, _PIECE // (8 * width))
    try:
        for start in range(0, rows, step):
            frame = lazy.slice(start, step).cast(pl.Float32 if dtype == np.float32 else pl.Float64).collect()
            block: Numbers = np.empty((len(frame), width), dtype)
            turn(frame, block)
            file.write(block.data)
    except BaseException as error:
        file.close()
        if isinstance(error, OSError):
            raise DataError(
                f"{path}: its {rows * width * dtype.itemsize:,} bytes of numbers cannot be laid out in "
                f"{tempfile.gettempdir()} ({error.strerror}). Set TMPDIR to a folder with room for them."
            ) from error
        raise
    return OnDisk(file, path, 0, (rows, width), dtype)
