"""The data room: reads files, cuts them into parts, and encodes them as the network sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.data.dataset import Dataset, Labelled, Part, Unlabelled
from dlrecipe.data.encoded import EncodedRows
from dlrecipe.data.encoder import Encoder
from dlrecipe.data.fingerprints import fingerprints
from dlrecipe.data.labels import Labels
from dlrecipe.data.load import load, load_arrays
from dlrecipe.data.packed import PackedRows
from dlrecipe.data.plan import Missing, Plan, Split, Task
from dlrecipe.data.policies import policies
from dlrecipe.data.sources import BUNDLED
from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.data.as_read import (
        RawColumn,
        Rows,
        crowded_texts,
        missing_cells,
        parts_as_read,
        raw_columns,
        whole_source,
    )
    from dlrecipe.data.predicted import Predicted, format_of
    from dlrecipe.data.survey import useless_columns

__all__ = [
    "BUNDLED",
    "Dataset",
    "EncodedRows",
    "Encoder",
    "Labelled",
    "Labels",
    "Missing",
    "PackedRows",
    "Part",
    "Plan",
    "Predicted",
    "RawColumn",
    "Rows",
    "Split",
    "Task",
    "Unlabelled",
    "crowded_texts",
    "fingerprints",
    "format_of",
    "load",
    "load_arrays",
    "missing_cells",
    "parts_as_read",
    "policies",
    "raw_columns",
    "useless_columns",
    "whole_source",
]

_HOMES = {
    "Predicted": "predicted",
    "RawColumn": "as_read",
    "Rows": "as_read",
    "crowded_texts": "as_read",
    "format_of": "predicted",
    "missing_cells": "as_read",
    "parts_as_read": "as_read",
    "raw_columns": "as_read",
    "useless_columns": "survey",
    "whole_source": "as_read",
}
"""What no training needs; imported when it is first used."""

__getattr__ = importer(__name__, _HOMES)
