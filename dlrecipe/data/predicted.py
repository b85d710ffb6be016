"""Predictions as a file: a row for every row of the file they were made for, in its order."""

from __future__ import annotations

import gzip
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data.sources.kinds import KINDS, suffix_of

if TYPE_CHECKING:
    import polars as pl

    from dlrecipe.data.raw import Floats, Mask
    from dlrecipe.data.target import Classes

FORMATS = tuple(KINDS)
"""Formats in which predictions can be written."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """What a model says of the rows of a file.

    Attributes:
        values: The predicted labels, or the target in its own units; of no meaning where `present` is false.
        present: Which rows have a prediction.
        classes: The classes, in the order of `probabilities`; None for a regression.
        probabilities: Of each class (m, k), NaN where there is no prediction; None for a regression.
    """

    values: npt.NDArray[Any]
    present: Mask
    classes: Classes | None
    probabilities: Floats | None

    def encoded(self, suffix: str) -> bytes:
        """Return the predictions as the bytes of a file of one of `FORMATS`, gzipped if `.gz` follows.

        Tables have a column `prediction` and one for each class, `probability_red`; .npz has arrays
        `prediction`, `probability` and `classes`; .npy has the predictions alone. A row without a prediction
        has empty cells, NaN or an empty text; in a table of one column of text, NaN.
        """
        if suffix.endswith(".gz"):
            return gzip.compress(self.encoded(suffix.removesuffix(".gz")), mtime=0)
        buffer = io.BytesIO()
        if suffix == ".npz":
            np.savez(buffer, **self._arrays())  # type: ignore[arg-type]  # numpy's stub takes names for flags
        elif suffix == ".npy":
            np.save(buffer, self._arrays()["prediction"], allow_pickle=False)
        elif suffix == ".parquet":
            self._frame(self.values).write_parquet(buffer)
        else:
            self._write_text(buffer, "\t" if suffix == ".tsv" else ",")
        return buffer.getvalue()

    def _write_text(self, buffer: io.BytesIO, separator: str) -> None:
        values = self.values
        if self._are_texts:
            values = np.array([_guarded(text) for text in values.tolist()])
        frame = self._frame(values)
        nothing = "NaN" if frame.width == 1 else ""  # a blank line would be no row to most readers
        frame.write_csv(buffer, separator=separator, null_value=nothing)

    @property
    def _are_texts(self) -> bool:
        return self.values.dtype.kind == "U"

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        values = self.values
        if not self.present.all():
            values = np.where(self.present, values, "") if self._are_texts else self._with_gaps()
        arrays = {"prediction": values}
        if self.classes is not None and self.probabilities is not None:
            arrays |= {"probability": self.probabilities, "classes": self.classes}
        return arrays

    def _with_gaps(self) -> Floats:
        return np.where(self.present, self.values.astype(np.float64), np.nan)

    def _frame(self, values: npt.NDArray[Any]) -> pl.DataFrame:
        import polars as pl  # noqa: PLC0415  # it is slow to import, and arrays need none

        columns = [pl.Series("prediction", values).set(pl.Series(~self.present), None)]
        if self.classes is not None and self.probabilities is not None:
            for label, probability in zip(self.classes.tolist(), self.probabilities.T, strict=True):
                columns.append(pl.Series(f"probability_{label}", probability).fill_nan(None))
        return pl.DataFrame(columns)


def format_of(path: str) -> str | None:
    """Return which of `FORMATS` a file's name stands for, `.gz` with it; None if none."""
    suffix = suffix_of(path)
    if suffix not in FORMATS:
        return None
    return suffix + ".gz" if path.lower().endswith(".gz") else suffix


def _guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with ' before it, if it begins like one.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
