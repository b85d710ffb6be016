"""The messy table as a receiver's program hands it to a graph."""

import csv

import numpy as np

TEXTS = ("farbe", "größe|x")
WIDE = ("time stamp", "tiny")


def table_inputs(folder, rows):
    """One array a column, of these rows of the file."""
    with (folder / "messy.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    inputs = {}
    for name in ("age", *WIDE, *TEXTS):
        cells = [lines[row][name] for row in rows]
        if name in TEXTS:
            values = np.array(cells, object)
        else:
            kind = np.float64 if name in WIDE else np.float32
            values = np.array([cell or "nan" for cell in cells], np.float64).astype(kind)
        inputs[name] = values[:, None]
    return inputs
