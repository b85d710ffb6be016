"""What a receiver has to give: the raw columns of a model, and whether they can be exported at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dlrecipe.data.sources import kinds
from dlrecipe.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from dlrecipe.data import Encoder
    from dlrecipe.data.calendar import Calendar
    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.raw import Floats

Kind = Literal["float", "double", "string"]

KNOWN = {
    "activation", "loss", "columns", "mean", "scale", "missing", "missing_columns", "missing_policies",
    "group", "time", "source", "target_name", "classes", "target_mean", "target_scale", "input_names",
    "input_is_text", "input_fill", "category_counts", "category_names",
    "date_names", "date_forms", "date_is_timed", "indicator_names",
}  # fmt: skip
"""Arrays of model.npz, besides W1, b1, …, whose meaning an export carries over or can do without."""

FAR = 100.0
"""Standard deviations from 0 beyond which a column's mean costs a float32 the digits that matter."""

WIDE = 30.0
"""Powers of ten of the scale beyond which a float32 overflows or vanishes."""

ACTIVATIONS = ("relu", "tanh", "sigmoid", "leaky_relu", "identity")
"""Those that the ONNX graph and the receivers' code have a form for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A raw column.

    Attributes:
        name: As the training data have it.
        kind: Type of its values in a graph; double where float32 would lose the digits that matter.
        mean, scale: The network sees (x − mean)/scale, one number of each for every expanded column.
        fill: What a missing value counts as: a number, or the index of a category; None where there is no
            such rule.
        categories: Of a text column, one expanded column each; a text that is none of them sets all to 0.
        calendar: Of a date, given as days since 1970-01-01 (UTC): what it becomes; None for all others.
        indicator: Whether an expanded column follows that is 1 where the value is missing, else 0.
    """

    name: str
    kind: Kind
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    fill: float | None
    categories: tuple[str, ...] = ()
    calendar: Calendar | None = None
    indicator: bool = False


def refuse_unknown(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Refuse a model that needs steps this export does not know, told by the arrays that hold them.

    Raises:
        RunError: There is such an array, and it is not empty.
    """
    unknown = [
        name
        for name, array in arrays.items()
        if name not in KNOWN
        and not _is_layer(name)
        and array.size
        and bool(np.any(array != array.dtype.type()))
    ]
    if unknown:
        raise RunError(
            f"{path} prepares its inputs by steps that an export cannot carry over yet "
            f"({', '.join(sorted(unknown))}). Use `dlrecipe predict`, or train without them."
        )


def refuse_unknown_activation(name: str) -> None:
    """Refuse a network that bends in a way no export has a form for.

    Raises:
        RunError: It is none of the activations that ONNX graphs and receivers' code are written for.
    """
    if name not in ACTIVATIONS:
        raise RunError(
            f"network.activation {name} cannot be exported yet; {', '.join(ACTIVATIONS)} can. "
            "Use `dlrecipe predict`."
        )


def is_table(encoder: Encoder) -> bool:
    """Whether the training data came in named columns; else as one matrix."""
    return bool(encoder.inputs.categories) or kinds.is_table(encoder.labels.source)


def columns_of(encoder: Encoder) -> tuple[Column, ...]:
    """The raw columns of a model, in their order."""
    inputs, columns = encoder.inputs, []
    for at, name in enumerate(inputs.names.tolist()):
        part = slice(int(inputs.starts[at]), int(inputs.starts[at + 1]))
        mean, scale = encoder.mean[part], encoder.scale[part]
        fill = None if np.isnan(inputs.fill[at]) else float(inputs.fill[at])
        column = Column(
            name,
            _kind(inputs, name, mean, scale),
            tuple(mean.tolist()),
            tuple(scale.tolist()),
            fill,
            inputs.categories.get(name, ()),
            inputs.dates.get(name),
            name in inputs.indicators,
        )
        columns.append(column)
    return tuple(columns)


def free_name(name: str, columns: Container[str]) -> str:
    """Return a name for a result that no raw column has: this one, with as many `_` after it as it takes."""
    while name in columns:
        name += "_"
    return name


def _kind(inputs: Inputs, name: str, mean: Floats, scale: Floats) -> Kind:
    if name in inputs.categories:
        return "string"
    far = bool(((np.abs(mean) > FAR * scale) | (np.abs(np.log10(scale)) > WIDE)).any())
    return "double" if far or name in inputs.dates else "float"


def _is_layer(name: str) -> bool:
    return name[:1] in {"W", "b"} and name[1:].isdecimal()
