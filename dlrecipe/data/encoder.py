"""Everything a prediction needs besides the network: columns, categories, fillings, scales, classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data import archive, sources
from dlrecipe.data.dataset import Labelled, Part, Unlabelled
from dlrecipe.data.encoding import Encoding
from dlrecipe.data.inputs import Inputs
from dlrecipe.data.labels import Labels
from dlrecipe.data.missing import usable_rows
from dlrecipe.data.policies import Policies
from dlrecipe.data.raw import RawTable, Schema, Wanted
from dlrecipe.data.sources.arrays import examples_table
from dlrecipe.data.target import class_indices, quantities
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.raw import Floats, Indices, Numbers
    from dlrecipe.data.target import Classes


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """Turns a file into the numbers that the network was trained on.

    Attributes:
        inputs: The raw columns and how each becomes numbers.
        mean, scale: The network sees (x − mean)/scale of the expanded columns, float64 (n_x,).
        labels: What the target means.
        missing: What a missing cell does.
        group: The column that is no input because it only keeps rows together; empty if none.
        time: The column that is no input because it only orders the rows; empty if none.
    """

    inputs: Inputs
    mean: Floats
    scale: Floats
    labels: Labels
    missing: Policies
    group: str = ""
    time: str = ""

    @property
    def columns(self) -> npt.NDArray[np.str_]:
        """Names of the inputs as the network sees them, as `color=red`."""
        return self.inputs.columns

    @property
    def classes(self) -> Classes | None:
        """The sorted labels, as the file has them; None for a regression."""
        return self.labels.classes

    @property
    def n_classes(self) -> int | None:
        """Number of classes; None for a regression."""
        return None if self.labels.classes is None else len(self.labels.classes)

    @property
    def target_mean(self) -> float:
        """Mean of a regression's target over the training rows, in its own units; 0 for classes."""
        return self.labels.mean

    @property
    def target_scale(self) -> float:
        """Standard deviation of a regression's target over the training rows; 1 for classes."""
        return self.labels.scale

    @property
    def _encoding(self) -> Encoding:
        return Encoding(self.inputs, self.mean, self.scale)

    def read_labelled(self, path: str, *, target: str | None = None) -> Labelled:
        """Read another file with its target, as for a test error.

        Args:
            path: A file of any format, or a bundled set. Columns are matched by name.
            target: Its target, where that has another name than in the training data.

        Raises:
            DataError: The file cannot be read or does not fit the training data.
        """
        table = self.read_table(path, target=target)
        rows, dropped = usable_rows(table, self.missing)
        part, notes = self.part(table, rows)
        return Labelled(part, table.notes + dropped + notes)

    def read_unlabelled(self, path: str) -> Unlabelled:
        """Read another file for predictions; a target in it is not looked at.

        Raises:
            DataError: The file cannot be read or does not fit the training data.
        """
        return self.unlabelled(sources.read(path, self._wanted(self.inputs.schema, unlabelled=True)))

    def read_array(self, X: Numbers) -> Unlabelled:
        """Take an array in memory for predictions, its columns in the order of the training data.

        Raises:
            DataError: It does not fit the training data.
        """
        wanted = self._wanted(self.inputs.schema, unlabelled=True)
        return self.unlabelled(examples_table("the array", X, None, wanted))

    def unlabelled(self, table: RawTable) -> Unlabelled:
        """Encode a table for predictions.

        Raises:
            DataError: A cell is missing that may not be, or a value is too large for float32.
        """
        rows, _ = usable_rows(table, self.missing)
        X, notes = self._encoding.of(table, rows)
        if rows.size < len(table):
            without = len(table) - rows.size
            note = f"{without:,} of {len(table):,} rows have a missing cell and get no prediction"
            notes += (f"{table.origin}: {note}, as the model was trained with `data.missing: drop`.",)
        return Unlabelled(X, rows, len(table), table.notes + notes)

    def _wanted(self, schema: Schema, *, target: str | None = None, unlabelled: bool = False) -> Wanted:
        """What to read of another file."""
        return Wanted(
            self.labels.name if unlabelled else target,
            self.group or None,
            self.time or None,
            schema=schema,
            unlabelled=unlabelled,
        )

    def read_table(self, path: str, *, target: str | None = None) -> RawTable:
        """Read the columns this encoder knows from another file.

        Raises:
            DataError: The file cannot be read or does not have them.
        """
        schema = self.inputs.schema
        name = target or sources.target_elsewhere(path, self.labels.source, self.labels.name)
        if name is not None and self.classes is not None and self.classes.dtype.kind == "U":
            schema = replace(schema, texts=schema.texts | {name})
        return sources.read(path, self._wanted(schema, target=name))

    def part(self, table: RawTable, rows: Indices) -> tuple[Part, tuple[str, ...]]:
        """Encode rows of a table with a target.

        Raises:
            DataError: A label is no class, or a value is too large for float32.
        """
        X, notes = self._encoding.of_part(table, rows)
        if self.classes is not None:
            return Part(X, class_indices(table, rows, self.classes), rows), notes
        return Part(X, (quantities(table, rows) - self.target_mean) / self.target_scale, rows), notes

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return plain arrays from which `from_arrays` makes the same encoder; none holds objects."""
        own = {
            "columns": self.columns,
            "mean": self.mean,
            "scale": self.scale,
            "group": np.array(self.group),
            "time": np.array(self.time),
        }
        return own | self.missing.to_arrays() | self.inputs.to_arrays() | self.labels.to_arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Encoder:
        """Return the encoder that `to_arrays` wrote, also from among other arrays.

        Raises:
            DataError: An array is missing or does not fit the others.
        """
        inputs = Inputs.from_arrays(arrays)
        scale = archive.floats(arrays, "scale", inputs.width)
        mean = archive.floats(arrays, "mean", inputs.width)
        if not (np.isfinite(mean).all() and np.isfinite(scale).all() and (scale > 0).all()):
            raise DataError(
                "the model's `mean` and `scale` must be finite, `scale` positive; the file is damaged."
            )
        labels = Labels.from_arrays(arrays)
        missing = Policies.from_arrays(arrays)
        group, time = archive.word(arrays, "group"), archive.word(arrays, "time")
        return cls(inputs, mean, scale, labels, missing, group, time)
