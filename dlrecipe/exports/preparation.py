"""From raw columns to the network's inputs, as nodes of a graph, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.exports.columns import is_table
from dlrecipe.exports.graph import ML, Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.data import Encoder
    from dlrecipe.data.calendar import Calendar
    from dlrecipe.exports.columns import Column

MISSING_TEXTS = ("", "nan", "NaN", "NAN", "Nan")
"""Texts that stand for no value, as in the files that dlrecipe reads."""


def prepared(graph: Graph, encoder: Encoder, columns: Sequence[Column]) -> str:
    """Add inputs and their preparation; return the name of what the network is given (N × n_x, float32).

    It is calculated in float64 and then rounded, as in training.
    """
    X = _table(graph, columns) if is_table(encoder) else _matrix(graph, columns)
    mean = graph.constant(np.concatenate([column.mean for column in columns]))
    scale = graph.constant(np.concatenate([column.scale for column in columns]))
    return graph.cast(graph.add("Div", graph.add("Sub", X, mean), scale), "float")


def _table(graph: Graph, columns: Sequence[Column]) -> str:
    """One input a column, side by side as numbers (N × expanded columns)."""
    blocks = []
    for column in columns:
        given = graph.input(column.name, column.kind, 1)
        blocks += _texts(graph, given, column) if column.kind == "string" else _numbers(graph, given, column)
    return graph.add("Concat", *blocks, axis=1)


def _matrix(graph: Graph, columns: Sequence[Column]) -> str:
    """All columns as one input X."""
    kind = "double" if any(column.kind == "double" for column in columns) else "float"
    X = graph.cast(graph.input("X", kind, len(columns)), "double")
    fill = np.array([np.nan if column.fill is None else column.fill for column in columns])
    if np.isnan(fill).all():
        return X
    gaps = graph.add("IsNaN", X)
    filled = graph.add("Where", gaps, graph.constant(fill), X)
    marked = [at for at, column in enumerate(columns) if column.indicator]
    if not marked:
        return filled
    both = graph.add("Concat", filled, graph.cast(gaps, "double"), axis=1)
    places = [
        place for at in range(len(columns)) for place in ([at, len(columns) + at] if at in marked else [at])
    ]
    return graph.add("Gather", both, graph.constant(np.array(places)), axis=1)


def _numbers(graph: Graph, given: str, column: Column) -> list[str]:
    """A number or a date (N × 1) as its expanded columns."""
    x, marks = graph.cast(given, "double"), []
    if column.fill is not None:
        gaps = graph.add("IsNaN", x)
        x = graph.add("Where", gaps, graph.constant(np.array([column.fill])), x)
        marks = [graph.cast(gaps, "double")] if column.indicator else []
    waves = [] if column.calendar is None else [_waves(graph, x, column.calendar)]
    return [x, *waves, *marks]


def _waves(graph: Graph, days: str, calendar: Calendar) -> str:
    """Sine and cosine of a date's place in each cycle; the cosine is the sine a quarter of a cycle on."""
    lengths = np.repeat(calendar.lengths, 2)
    quarters = np.tile([0.0, 0.25], len(calendar.lengths))
    cycles = graph.add("Div", days, graph.constant(lengths))
    phases = graph.add("Add", graph.add("Sub", cycles, graph.add("Floor", cycles)), graph.constant(quarters))
    return graph.add("Sin", graph.add("Mul", phases, graph.constant(np.array([2 * np.pi]))))


def _texts(graph: Graph, given: str, column: Column) -> list[str]:
    """(N × 1) texts to (N × categories) zeros and ones; all zeros for an unknown text."""
    known = {text: at for at, text in enumerate(column.categories)}
    if column.fill is not None:
        known = dict.fromkeys(MISSING_TEXTS, int(column.fill)) | known
    at = _looked_up(graph, given, known, -1)
    categories = graph.constant(np.arange(len(column.categories))[None])
    marks = graph.cast(graph.add("Equal", at, categories), "double")
    if not column.indicator:
        return [marks]
    gaps = _looked_up(graph, given, dict.fromkeys(MISSING_TEXTS, 1), 0)
    return [marks, graph.cast(gaps, "double")]


def _looked_up(graph: Graph, given: str, numbers: dict[str, int], otherwise: int) -> str:
    return graph.add(
        "LabelEncoder",
        given,
        domain=ML,
        keys_strings=list(numbers),
        values_int64s=list(numbers.values()),
        default_int64=otherwise,
    )
