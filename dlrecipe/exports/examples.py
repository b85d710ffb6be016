"""Code for a receiver's README; a test runs each."""

ONNX_TABLE = """
import csv

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(FILE)
with open("new.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))

inputs = {}
for column in session.get_inputs():
    cells = [row[column.name].strip() for row in rows]
    if column.type == "tensor(string)":
        values = np.array(cells, dtype=object)
    else:
        kind = np.float64 if column.type == "tensor(double)" else np.float32
        values = np.array([cell or "nan" for cell in cells], dtype=np.float64).astype(kind)
    inputs[column.name] = values.reshape(-1, 1)

OUTPUTS = session.run(NAMES, inputs)
"""

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

import numpy as np
from safetensors import safe_open

with safe_open(FILE, framework="np") as file:
    recipe = json.loads(file.metadata()["recipe"])
    arrays = {name: file.get_tensor(name) for name in file.keys()}


def expand(column, values):
    \"\"\"A raw column as numbers: itself, or a 0 or 1 for each of its categories.\"\"\"
    categories, missing = column["categories"], column["missing"]
    if not categories:
        x = np.array([value or "nan" for value in values] if values.dtype.kind in "UO" else values, float)
        return np.where(np.isnan(x), np.nan if missing is None else missing, x)[:, None]
    texts = [str(value).strip() for value in values]
    if missing is not None:
        texts = [categories[int(missing)] if text.lower() in ("", "nan") else text for text in texts]
    return np.array([[text == category for category in categories] for text in texts], float)


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
"""
