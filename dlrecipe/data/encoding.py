"""Rows of a table as the numbers that the network sees: expanded, normalised, rounded to float32 once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dlrecipe.data import encoded
from dlrecipe.data.encoded import EncodedRows
from dlrecipe.data.expansion import Expansion
from dlrecipe.data.packed import PackedRows, fit_float32, worth_packing
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.encoded import Inputs32
    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.raw import Floats, Indices, RawTable


class Encoding(NamedTuple):
    """How the columns of a table become numbers, and their scales; the attributes are those of `Encoder`."""

    inputs: Inputs
    mean: Floats
    scale: Floats

    def of_part(
        self, table: RawTable, rows: Indices
    ) -> tuple[Inputs32 | EncodedRows | PackedRows, tuple[str, ...]]:
        """Return the inputs of a part, and notes: where they are many, on disk or bytes, as the table's are.

        Raises:
            DataError: As `of`.
        """
        if isinstance(table.numbers, OnDisk) and 4 * len(rows) * self.inputs.width > encoded.KEPT:
            inputs = replace(table, target=None, group=None, time=None)  # which no epoch needs to keep
            return EncodedRows(partial(self._write, inputs), rows, self.inputs.width), ()
        normal = self.inputs.plain and fit_float32(self.mean, self.scale)
        if worth_packing(table.numbers, len(rows)) and normal:
            return PackedRows(table.numbers, rows, self.mean, self.scale), ()
        return self.of(table, rows)

    def of(self, table: RawTable, rows: Indices) -> tuple[Inputs32, tuple[str, ...]]:
        """Return the inputs in `rows` as float32 (len(rows), n_x), and notes.

        Raises:
            DataError: A value is too large for float32.
        """
        X = np.empty((len(rows), self.inputs.width), np.float32)
        self._write(table, rows, X)
        return X, Expansion(self.inputs, table).notes(rows)

    def _write(self, table: RawTable, rows: Indices, X: Inputs32) -> None:
        expansion = Expansion(self.inputs, table)
        with np.errstate(over="ignore"):  # found below
            for block, expanded in expansion.blocks(rows):
                np.subtract(expanded, self.mean, out=expanded)
                np.divide(expanded, self.scale, out=X[block], casting="same_kind")
                if not np.isfinite(X[block]).all():
                    raise self._too_large(table, rows[block], X[block])

    def _too_large(self, table: RawTable, rows: Indices, X: Inputs32) -> DataError:
        row, column = np.argwhere(~np.isfinite(X))[0]
        return DataError(
            f"{table.origin}: column `{self.inputs.columns[column]}` in {table.row(int(rows[row]))} is too "
            "large for the network (float32) next to the training rows. Correct or rescale it; "
            "`data.normalize: true` scales by the training rows' spread."
        )
