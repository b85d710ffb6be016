"""The data room: reads files, cuts them into parts, and encodes them as the network sees them."""

from dlrecipe.data.dataset import Dataset, Part
from dlrecipe.data.encoded import EncodedRows
from dlrecipe.data.encoder import Encoder, Labelled, Unlabelled
from dlrecipe.data.labels import Labels
from dlrecipe.data.load import load, load_arrays
from dlrecipe.data.plan import Missing, Plan, Split, Task
from dlrecipe.data.sources import BUNDLED

__all__ = [
    "BUNDLED",
    "Dataset",
    "EncodedRows",
    "Encoder",
    "Labelled",
    "Labels",
    "Missing",
    "Part",
    "Plan",
    "Split",
    "Task",
    "Unlabelled",
    "load",
    "load_arrays",
]
