"""Code for a receiver's README; a test runs each."""

_NUMBER = """
WORDS = {"true": 1.0, "false": 0.0}
WORDS |= dict.fromkeys(["", "na", "n/a", "#n/a", "nan", "null", "none", "?"], np.nan)


def number(cell, forms=()):
    \"\"\"A cell as a number; a date, written in one of these forms, as days since 1970-01-01 (UTC).\"\"\"
    if cell.lower() in WORDS:
        return WORDS[cell.lower()]
    for form in forms:
        try:
            moment = datetime.strptime(cell, form)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() / 86400
    return float(cell)
"""

ONNX_TABLE = """
import csv
import json
from datetime import datetime, timezone

import numpy as np
import onnxruntime
NUMBER

session = onnxruntime.InferenceSession(FILE)
dates = json.loads(session.get_modelmeta().custom_metadata_map.get("dates", "{}"))
with open("new.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))

inputs = {}
for column in session.get_inputs():
    cells = [row[column.name].strip() for row in rows]
    if column.type == "tensor(string)":
        values = np.array(cells, dtype=object)
    else:
        kind = np.float64 if column.type == "tensor(double)" else np.float32
        values = np.array([number(cell, dates.get(column.name, ())) for cell in cells], dtype=kind)
    inputs[column.name] = values.reshape(-1, 1)

OUTPUTS = session.run(NAMES, inputs)
""".replace("NUMBER", _NUMBER)

ONNX_MATRIX = """
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(FILE)
(X,) = session.get_inputs()
new = np.load("new.npy")
new = new.reshape(len(new), -1).astype(np.float64 if X.type == "tensor(double)" else np.float32)

OUTPUTS = session.run(NAMES, {"X": new})
"""

SAFETENSORS = """
import json
from datetime import datetime, timezone

import numpy as np
from safetensors import safe_open

with safe_open(FILE, framework="np") as file:
    recipe = json.loads(file.metadata()["recipe"])
    arrays = {name: file.get_tensor(name) for name in file.keys()}
NUMBER

def expand(column, values):
    \"\"\"A raw column as the numbers it becomes, and where that tells: 1 where it is missing, else 0.\"\"\"
    categories, missing = column["categories"], column["missing"]
    cells = [str(value).strip() for value in values]
    if categories is None:
        x = np.array([number(cell, column["dates"]) for cell in cells])
        gaps = np.isnan(x)
        x = np.where(gaps, np.nan if missing is None else missing, x)
        phases = 2 * np.pi * (x[:, None] / np.array(column["cycles"]) % 1.0)
        waves = np.stack([np.sin(phases), np.cos(phases)], axis=2).reshape(len(x), -1)
        block = np.column_stack([x, waves])
    else:
        gaps = np.array([cell.lower() in ("", "nan") for cell in cells])
        if missing is not None:
            cells = [categories[int(missing)] if gap else cell for cell, gap in zip(cells, gaps)]
        block = np.array([[cell == category for category in categories] for cell in cells], float)
    return np.column_stack([block, gaps]) if column["indicator"] else block


def predict(columns):
    \"\"\"Labels and probabilities, or a quantity, of a list of raw columns in the order above.\"\"\"
    raw = [expand(column, np.asarray(values)) for column, values in zip(recipe["columns"], columns)]
    A = (np.hstack(raw) - arrays["mean"]) / arrays["scale"]
    g = {
        "relu": lambda Z: np.maximum(Z, 0),
        "leaky_relu": lambda Z: np.maximum(Z, 0.01 * Z),
        "tanh": np.tanh,
        "sigmoid": lambda Z: 0.5 + 0.5 * np.tanh(Z / 2),
        "identity": lambda Z: Z,
    }[recipe["activation"]]
    depth = sum(name.startswith("W") for name in arrays)
    for l in range(1, depth + 1):
        Z = A @ arrays[f"W{l}"].T + arrays[f"b{l}"]
        A = g(Z)
    if recipe["loss"] == "squared":
        return Z[:, 0] * arrays["target_scale"] + arrays["target_mean"]
    if recipe["loss"] == "sigmoid":
        one = 0.5 + 0.5 * np.tanh(Z / 2)
        P = np.hstack([1 - one, one])
    else:
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
    return [recipe["classes"][at] for at in P.argmax(axis=1)], P
""".replace("NUMBER", _NUMBER)
