"""The README for whoever receives a model: what goes in, what comes out, code that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.exports.columns import columns_of, free_name, is_table
from dlrecipe.exports.examples import ONNX_MATRIX, ONNX_TABLE, SAFETENSORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.exports.columns import Column
    from dlrecipe.runs import Model

MOST_COLUMNS = 200
"""Columns that a README lists; an image has more, and they are all alike."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is said about a model.

    Attributes:
        file: Name of the file beside the README.
        run: Where it was trained.
        source: What it was trained on.
        target: What it predicts.
        examples: Training examples.
        dev_error: Error on the dev examples, in words.
    """

    file: str
    run: str
    source: str
    target: str
    examples: int
    dev_error: str


def receivers_readme(card: Card, model: Model) -> str:
    """The README as Markdown."""
    return "\n".join(
        [
            f"# {card.file}",
            "",
            _summary(card, model),
            "",
            "## What goes in",
            "",
            *_inputs(card, model),
            "",
            "## What comes out",
            "",
            *_outputs(model),
            "",
            "## Code that runs it",
            "",
            *_code(card, model),
            "",
        ]
    )


def _summary(card: Card, model: Model) -> str:
    sizes = " → ".join(map(str, model.network.sizes))
    return (
        f"A dense network ({sizes}) that predicts `{card.target}`, trained on {card.examples:,} examples of "
        f"`{card.source}` by dlrecipe ({card.run}). Its error on dev examples was {card.dev_error}."
    )


def _inputs(card: Card, model: Model) -> Iterator[str]:
    columns = columns_of(model.encoder)
    graph = card.file.endswith(".onnx")
    if not is_table(model.encoder):
        kinds = "float64" if any(column.kind == "double" for column in columns) else "float32"
        shape = f"N × {len(columns):,}, {kinds if graph else 'numbers'}"
        yield f"One matrix `X` ({shape}), an example a row, as in the training data."
        yield from _missing_numbers(columns)
        return
    where = "One input a column, each of shape N × 1" if graph else "The columns below, in this order"
    yield f"{where}, as the training data have them: nothing is to be scaled or encoded before."
    yield from ["", "| column | type | missing values |", "|---|---|---|"]
    yield from map(_row, columns[:MOST_COLUMNS])
    if len(columns) > MOST_COLUMNS:
        yield f"| … and {len(columns) - MOST_COLUMNS:,} more | | |"
    if any(column.kind == "string" for column in columns):
        yield from [
            "",
            "A text that no training example had counts as none of them; a missing text is empty.",
        ]


def _row(column: Column) -> str:
    name = column.name.replace("|", "\\|")
    if column.kind == "string":
        shown = ", ".join(f"`{text}`" for text in column.categories[:12]).replace("|", "\\|")
        more = f" and {len(column.categories) - 12} more" if len(column.categories) > 12 else ""
        filled = "not allowed" if column.fill is None else f"count as `{column.categories[int(column.fill)]}`"
        return f"| `{name}` | text: {shown}{more} | {filled} |"
    kind = {"float": "float32", "double": "float64"}.get(column.kind, column.kind)
    filled = "not allowed" if column.fill is None else f"NaN counts as {column.fill:.6g}"
    return f"| `{name}` | {_meaning(column)}, {kind} | {filled} |"


def _meaning(column: Column) -> str:
    if column.calendar is None:
        return "number"
    forms = f", written as `{column.calendar.form}`" if column.calendar.form else ""
    return f"date{forms}: days since 1970-01-01 (UTC)"


def _missing_numbers(columns: tuple[Column, ...]) -> Iterator[str]:
    filled = any(column.fill is not None for column in columns)
    yield "A NaN counts as the training examples' value for its column." if filled else "NaN is not allowed."


def _outputs(model: Model) -> Iterator[str]:
    classes, names = model.encoder.classes, _answers(model)
    if classes is None:
        yield f"- `{names[0]}` (N): the quantity, in the training data's own units."
        return
    listed = ", ".join(f"`{label}`" for label in classes.tolist()[:50])
    yield f"- `{names[0]}` (N): the most probable class."
    more = ", …" if len(classes) > 50 else ""
    yield f"- `{names[1]}` (N × {len(classes)}): of the classes in this order: {listed}{more}."


def _answers(model: Model) -> list[str]:
    """What the results are called, beside the columns."""
    names = ("prediction",) if model.encoder.classes is None else ("label", "probabilities")
    return [free_name(name, model.encoder.inputs.names) for name in names]


def _code(card: Card, model: Model) -> Iterator[str]:
    if card.file.endswith(".safetensors"):
        text, needs = SAFETENSORS, "safetensors numpy"
    else:
        text, needs = (ONNX_TABLE if is_table(model.encoder) else ONNX_MATRIX), "onnxruntime numpy"
    names = _answers(model)
    code = text.replace("FILE", repr(card.file)).replace("NAMES", repr(names))
    code = code.replace("OUTPUTS", f"{', '.join(names)},")
    yield from ["```sh", f"python -m pip install {needs}", "```", "", "```python", code.strip(), "```"]
