"""A model as an ONNX graph, from raw columns to labels and probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.exports.columns import columns_of, is_table
from dlrecipe.exports.graph import ML, Graph
from dlrecipe.nn.activations import LEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dlrecipe.exports.columns import Column
    from dlrecipe.runs import Model

MISSING_TEXTS = ("", "nan", "NaN", "NAN", "Nan")
"""Texts that stand for no value, as in the files that dlrecipe reads."""

CLASS_TYPES = {"U": "string", "i": "int64", "u": "int64", "f": "double", "b": "bool"}


def onnx_bytes(model: Model, name: str, facts: dict[str, str]) -> bytes:
    """The graph as a file's content.

    Inputs are prepared in float64 and then rounded, as in training; the network calculates in float32.

    Args:
        model: What to export.
        name: Of the graph.
        facts: What else a reader of the file should know.
    """
    graph = Graph()
    columns = columns_of(model.encoder)
    X = _table(graph, columns) if is_table(model.encoder) else _matrix(graph, columns)
    _answers(graph, model, _network(graph, model, graph.cast(_scaled(graph, X, columns), "float")))
    return bytes(graph.model(name, facts).SerializeToString())


def _table(graph: Graph, columns: Sequence[Column]) -> str:
    """One input a column, side by side as numbers (N × expanded columns)."""
    blocks = []
    for column in columns:
        given = graph.input(column.name, column.kind, 1)
        blocks.append(_one_hot(graph, given, column) if column.categories else _number(graph, given, column))
    return graph.add("Concat", *blocks, axis=1)


def _matrix(graph: Graph, columns: Sequence[Column]) -> str:
    """All columns as one input X."""
    kind = "double" if any(column.kind == "double" for column in columns) else "float"
    X = graph.cast(graph.input("X", kind, len(columns)), "double")
    fill = np.array([np.nan if column.fill is None else column.fill for column in columns])
    return X if np.isnan(fill).all() else _filled(graph, X, fill)


def _number(graph: Graph, given: str, column: Column) -> str:
    x = graph.cast(given, "double")
    return x if column.fill is None else _filled(graph, x, np.array([column.fill]))


def _filled(graph: Graph, x: str, fill: NDArray[np.float64]) -> str:
    return graph.add("Where", graph.add("IsNaN", x), graph.constant(fill), x)


def _one_hot(graph: Graph, given: str, column: Column) -> str:
    """(N × 1) texts to (N × categories) zeros and ones; all zeros for an unknown text."""
    known = {text: at for at, text in enumerate(column.categories)}
    if column.fill is not None:
        known = dict.fromkeys(MISSING_TEXTS, int(column.fill)) | known
    at = graph.add(
        "LabelEncoder",
        given,
        domain=ML,
        keys_strings=list(known),
        values_int64s=list(known.values()),
        default_int64=-1,
    )
    categories = graph.constant(np.arange(len(column.categories))[None])
    return graph.cast(graph.add("Equal", at, categories), "double")


def _scaled(graph: Graph, X: str, columns: Sequence[Column]) -> str:
    mean = graph.constant(np.concatenate([column.mean for column in columns]))
    scale = graph.constant(np.concatenate([column.scale for column in columns]))
    return graph.add("Div", graph.add("Sub", X, mean), scale)


def _network(graph: Graph, model: Model, A: str) -> str:
    """From the inputs to the last layer's Z, in float32."""
    *hidden, last = model.network.layout.layers(model.theta)
    for W, b in hidden:
        Z = graph.add(
            "Gemm", A, graph.constant(W.astype(np.float32)), graph.constant(b.astype(np.float32)), transB=1
        )
        A = _activated(graph, model.network.activation.name, Z)
    W, b = last
    return graph.add(
        "Gemm", A, graph.constant(W.astype(np.float32)), graph.constant(b.astype(np.float32)), transB=1
    )


def _activated(graph: Graph, activation: str, Z: str) -> str:
    if activation == "identity":
        return Z
    if activation == "leaky_relu":
        return graph.add("LeakyRelu", Z, alpha=LEAK)
    return graph.add({"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid"}[activation], Z)


def _answers(graph: Graph, model: Model, Z: str) -> None:
    """Hand out labels and probabilities, or the quantity in its own units."""
    encoder, loss = model.encoder, model.network.loss.name
    if encoder.classes is None:
        scale, mean = np.array(encoder.target_scale), np.array(encoder.target_mean)
        t = graph.add("Squeeze", graph.cast(Z, "double"), graph.constant(np.array([1])))
        y = graph.add("Add", graph.add("Mul", t, graph.constant(scale)), graph.constant(mean))
        graph.output("prediction", "double", y, ["N"])
        return
    if loss == "sigmoid":
        one = graph.add("Sigmoid", Z)
        zero = graph.add("Sub", graph.constant(np.ones(1, np.float32)), one)
        probabilities = graph.add("Concat", zero, one, axis=1)
        above = graph.cast(graph.add("Greater", Z, graph.constant(np.zeros(1, np.float32))), "int64")
        at = graph.add("Squeeze", above, graph.constant(np.array([1])))
    else:
        probabilities = graph.add("Softmax", Z, axis=1)
        at = graph.add("ArgMax", Z, axis=1, keepdims=0)
    kind = CLASS_TYPES[encoder.classes.dtype.kind]
    labels = encoder.classes if kind == "string" else encoder.classes.astype(kind)
    graph.output("label", kind, graph.add("Gather", graph.constant(labels), at), ["N"])
    graph.output("probabilities", "float", probabilities, ["N", len(labels)])
