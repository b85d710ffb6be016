"""The messy table as a receiver's program hands it to a graph."""

import csv

import numpy as np

TEXTS = ("farbe", "größe|x")
WIDE = ("time stamp", "tiny", "when", "seen")
NUMBERS = ("age", "time stamp", "tiny", "member")


def table_inputs(folder, rows):
    """One array a column, of these rows of the file."""
    with (folder / "messy.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    inputs = {}
    for name in (*NUMBERS, "when", "seen", *TEXTS):
        cells = [lines[row][name] for row in rows]
        if name in TEXTS:
            values = np.array(cells, object)
        else:
            read = _number if name in NUMBERS else _days
            values = np.array([read(cell) for cell in cells], np.float64 if name in WIDE else np.float32)
        inputs[name] = values[:, None]
    return inputs


def _number(cell):
    return float({"": "nan", "true": "1", "false": "0"}.get(cell, cell))


def _days(cell):
    """Days since 1970-01-01 of `31.1.1968` or `2024-01-31 23:59`."""
    if "." in cell:
        day, month, year = map(int, cell.split("."))
        cell = f"{year}-{month:02}-{day:02}"
    return np.datetime64(cell or "NaT", "m").astype(float) / 1440 if cell else np.nan
