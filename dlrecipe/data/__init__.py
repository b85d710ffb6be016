"""The data room: reads files, cuts them into parts, and encodes them as the network sees them."""

from dlrecipe.data.as_read import (
    RawColumn,
    Rows,
    crowded_texts,
    missing_cells,
    parts_as_read,
    raw_columns,
    whole_source,
)
from dlrecipe.data.dataset import Dataset, Part
from dlrecipe.data.encoded import EncodedRows
from dlrecipe.data.encoder import Encoder, Labelled, Unlabelled
from dlrecipe.data.fingerprints import fingerprints
from dlrecipe.data.labels import Labels
from dlrecipe.data.load import load, load_arrays
from dlrecipe.data.packed import PackedRows
from dlrecipe.data.plan import Missing, Plan, Split, Task
from dlrecipe.data.policies import policies
from dlrecipe.data.predicted import Predicted, format_of
from dlrecipe.data.sources import BUNDLED
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
