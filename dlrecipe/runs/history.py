"""`history.csv`: a row per evaluation."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.results import Epoch
from dlrecipe.runs.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_history(path: Path, history: Sequence[Epoch]) -> None:
    """Write all rows; numbers in the shortest form that reads back to the same bits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Epoch._fields)
    writer.writerows(history)
    with replacing(path) as file:
        file.write(text.getvalue().encode())


def read_history(path: Path) -> tuple[Epoch, ...]:
    """Read all rows.

    Raises:
        RunError: The file is missing or not what `write_history` writes.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode())))
        return tuple(
            Epoch(int(row["epoch"]), *(float(row[name]) for name in Epoch._fields[1:])) for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise RunError(f"{path} is missing or damaged ({error}); train the run again.") from error
