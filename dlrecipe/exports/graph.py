"""An ONNX graph under construction: nodes and constants, each named by its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnx
from onnx import TensorProto, helper, numpy_helper

from dlrecipe.exports.columns import free_name

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray

OPSET, ML_OPSET, IR = 17, 3, 8
"""Versions that runtimes of 2022 and later read; the second is of the operators for tables."""

ML = "ai.onnx.ml"

TYPES = {
    "float": TensorProto.FLOAT,
    "double": TensorProto.DOUBLE,
    "string": TensorProto.STRING,
    "int64": TensorProto.INT64,
    "bool": TensorProto.BOOL,
}


class Graph:
    """Nodes in the order in which they are added.

    Args:
        columns: Names of the inputs, which nothing else may have.
    """

    def __init__(self, columns: Container[str]) -> None:
        self._columns = columns
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    def input(self, name: str, kind: str, width: int) -> str:
        """Add an input of any number of examples (N × width)."""
        self._inputs.append(helper.make_tensor_value_info(name, TYPES[kind], ["N", width]))
        return name

    def output(self, name: str, kind: str, source: str, shape: Sequence[str | int]) -> None:
        """Hand a node's result out, under this name or the next that is free."""
        name = free_name(name, self._columns)
        self._nodes.append(helper.make_node("Identity", [source], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TYPES[kind], list(shape)))

    def constant(self, values: NDArray[Any]) -> str:
        """Add an array."""
        name = free_name(f"constant_{len(self._constants)}", self._columns)
        if values.dtype.kind == "U":
            texts = [text.encode() for text in values.ravel().tolist()]
            self._constants.append(helper.make_tensor(name, TensorProto.STRING, values.shape, texts))
        else:
            self._constants.append(numpy_helper.from_array(values, name))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node and return the name of its result."""
        name = free_name(f"step_{len(self._nodes)}", self._columns)
        node = helper.make_node(operator, list(inputs), [name], name=name, domain=domain, **attributes)
        self._nodes.append(node)
        return name

    def cast(self, source: str, kind: str) -> str:
        """Turn into another type."""
        return self.add("Cast", source, to=TYPES[kind])

    def model(self, name: str, facts: dict[str, str]) -> Any:
        """The finished model, checked."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, self._constants)
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(ML, ML_OPSET)]
        model = helper.make_model(graph, producer_name="dlrecipe", opset_imports=versions, ir_version=IR)
        helper.set_model_props(model, facts)
        onnx.checker.check_model(model, full_check=True)
        return model
