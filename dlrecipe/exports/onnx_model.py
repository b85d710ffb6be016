"""A model as an ONNX graph, from raw columns to labels and probabilities."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.exports.columns import columns_of
from dlrecipe.exports.graph import Graph
from dlrecipe.exports.preparation import prepared
from dlrecipe.exports.writings import date_forms
from dlrecipe.nn.activations import LEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.exports.columns import Column
    from dlrecipe.runs import Model

CLASS_TYPES = {"U": "string", "i": "int64", "u": "int64", "f": "double", "b": "bool"}


def onnx_bytes(model: Model, name: str, facts: dict[str, str]) -> bytes:
    """The graph as a file's content.

    Args:
        model: What to export.
        name: Of the graph.
        facts: What else a reader of the file should know.
    """
    columns = columns_of(model.encoder)
    graph = Graph({column.name for column in columns})
    X = prepared(graph, model.encoder, columns)
    _answers(graph, model, _network(graph, model, X))
    return bytes(graph.model(name, {**facts, **_dates(columns)}).SerializeToString())


def _dates(columns: Sequence[Column]) -> dict[str, str]:
    """What tells a receiver how dates are written."""
    forms = {column.name: date_forms(column.calendar) for column in columns if column.calendar}
    return {"dates": json.dumps(forms)} if forms else {}


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
