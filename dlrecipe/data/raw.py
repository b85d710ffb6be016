"""A file as it was read: named columns of numbers and of texts, before anything is encoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.data.plan import Stream, Task
    from dlrecipe.data.sources.on_disk import OnDisk

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Codes = npt.NDArray[np.signedinteger[Any]]  # small numbers, in no more bytes a row than they need
Mask = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]
Numbers = npt.NDArray[Any]  # bool, integer or real, as the file has them

_NO_TEXTS: dict[str, Coded] = {}
_NO_DATES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts: the row's text is `levels[codes[row]]`; code -1 is a missing cell."""

    codes: npt.NDArray[np.int32]
    levels: tuple[str, ...]


Column = Numbers | Coded


@dataclass(frozen=True, slots=True)
class Schema:
    """The inputs that a file must have.

    Attributes:
        names: In their order.
        texts: Those (and perhaps the target) that are texts.
        dates: Those that are dates, and how they were written in the training data.
    """

    names: Texts
    texts: frozenset[str] = frozenset()
    dates: Mapping[str, str] = field(default_factory=lambda: _NO_DATES)


@dataclass(frozen=True, slots=True)
class Times:
    """When each row is from.

    Attributes:
        values: Numbers that grow with time, NaN where it is missing.
        dated: Whether they are days since 1970-01-01.
    """

    values: Numbers
    dated: bool = False

    def show(self, value: float) -> str:
        """Return one of the values as people write it."""
        if not self.dated:
            return f"{value:g}"
        moment = np.datetime64(round(value * 86_400), "s")
        return str(moment.astype("datetime64[D]") if value == int(value) else moment)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take from a file.

    Attributes:
        target: Its name or label file; None for the format's default.
        group: The column whose equal values stay together.
        time: The column that says when a row is from.
        drop: Columns that are no inputs.
        keep: The only columns that are inputs; None for all but these.
        schema: The inputs of another file than the training data's.
        unlabelled: Whether the target is left unread, as it is for predictions.
        stream: Whether the inputs stay on disk.
    """

    target: str | None = None
    group: str | None = None
    time: str | None = None
    drop: Sequence[str] = ()
    keep: Sequence[str] | None = None
    schema: Schema | None = None
    unlabelled: bool = False
    stream: Stream = "auto"


@dataclass(frozen=True, slots=True)
class RawTable:
    """The columns of one file.

    Attributes:
        origin: The file's name for messages.
        names: All inputs in order.
        numbers: The inputs that are numbers, (n, p), as wide as the file has them; of a large file on disk.
        texts: The inputs that are texts.
        dates: Which of the numbers are dates, as days since 1970-01-01, and how the file writes them.
        target, target_name: What is to be predicted, and what the file calls it.
        group, group_name: Rows that stay together have one code.
        time, time_name: When each row is from.
        task: What the format knows of the task.
        first_row: What row 1 is, for messages.
        notes: What was decided while reading.
    """

    origin: str
    names: Texts
    numbers: Numbers | OnDisk
    texts: Mapping[str, Coded] = field(default_factory=lambda: _NO_TEXTS)
    dates: Mapping[str, str] = field(default_factory=lambda: _NO_DATES)
    target: Column | None = None
    target_name: str = ""
    group: Coded | None = None
    group_name: str = ""
    time: Times | None = None
    time_name: str = ""
    task: Task | None = None
    first_row: str = "counted from 1"
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def number_names(self) -> Texts:
        """Names of the columns of `numbers`."""
        if not self.texts:
            return self.names
        return self.names[~np.isin(self.names, list(self.texts))]

    def row(self, index: int) -> str:
        """Say for a message which row `index` (counted from 0) is."""
        return f"row {index + 1} ({self.first_row})"


def is_missing_text(text: str) -> bool:
    """Whether a text stands for no value: it is empty or says NaN."""
    return text.strip().lower() in {"", "nan"}


def listed(names: Texts | list[str] | tuple[str, ...], most: int = 10) -> str:
    """Join names for a message: the first `most` of them, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
