"""A model as safetensors: the arrays, and in the metadata how to use them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import save

from dlrecipe.exports.columns import columns_of
from dlrecipe.exports.writings import date_forms

if TYPE_CHECKING:
    from dlrecipe.exports.columns import Column
    from dlrecipe.runs import Model


def safetensors_bytes(model: Model, facts: dict[str, str]) -> bytes:
    """The arrays W1, b1, …, mean and scale (a regression: also of the target) as a file's content.

    The metadata are texts; `recipe` is JSON with the activation, the loss, the raw columns and the classes.

    Args:
        model: What to export.
        facts: What else a reader of the file should know.
    """
    encoder = model.encoder
    arrays: dict[str, Any] = {"mean": encoder.mean, "scale": encoder.scale}
    for l, (W, b) in enumerate(model.network.layout.layers(model.theta), 1):
        arrays[f"W{l}"], arrays[f"b{l}"] = W, b
    if encoder.classes is None:
        arrays["target_mean"] = np.array([encoder.target_mean])
        arrays["target_scale"] = np.array([encoder.target_scale])
    recipe = {
        "activation": model.network.activation.name,
        "loss": model.network.loss.name,
        "columns": [_recipe_of(column) for column in columns_of(encoder)],
        "classes": None if encoder.classes is None else encoder.classes.tolist(),
    }
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return save(whole, {**facts, "recipe": json.dumps(recipe)})


def _recipe_of(column: Column) -> dict[str, Any]:
    calendar = column.calendar
    return {
        "name": column.name,
        "categories": list(column.categories) if column.kind == "string" else None,
        "dates": date_forms(calendar) if calendar else [],
        "cycles": calendar.lengths if calendar else [],
        "missing": column.fill,
        "indicator": column.indicator,
    }
