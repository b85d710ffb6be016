"""The data sets that come with the program; their origin and licences are in `bundled/LICENSES.md`."""

from __future__ import annotations

import io
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.raw import RawTable
from dlrecipe.data.sources.arrays import column
from dlrecipe.data.sources.matching import match_columns
from dlrecipe.data.sources.roles import chosen_inputs
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.plan import Task
    from dlrecipe.data.raw import Numbers, Texts, Wanted

_TASKS: dict[str, Task] = {
    "digits": "classification",
    "breast-cancer": "classification",
    "diabetes": "regression",
}
_TARGET_NAMES = ("label", "target", "y")  # what people call it; the sets have one target each
BUNDLED = tuple(_TASKS)


def read(name: str, wanted: Wanted) -> RawTable:
    """Read a bundled set.

    Raises:
        DataError: A target, group or input is asked for that it does not have.
    """
    target_name = wanted.target or "label"
    if wanted.schema is None:
        _require_known(name, target_name, wanted)
    content = resources.files("dlrecipe.data").joinpath("bundled", f"{name}.npz").read_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        inputs, target, names = arrays["X"], arrays["y"], arrays["columns"]
    notes: tuple[str, ...] = ()
    if wanted.schema is not None:
        notes = match_columns(name, wanted.schema, names.tolist(), ())
        inputs, names = _columns(inputs, names, wanted.schema.names)
    elif wanted.drop or wanted.keep is not None:
        chosen = chosen_inputs(names.tolist(), name, wanted, ())
        inputs, names = _columns(inputs, names, np.array(chosen))
    return RawTable(
        origin=name,
        names=names,
        numbers=inputs,
        target=None if wanted.unlabelled else column(target),
        target_name=target_name,
        task=_TASKS[name],
        notes=notes,
    )


def _columns(inputs: Numbers, names: Texts, chosen: Texts) -> tuple[Numbers, Texts]:
    place = {name: at for at, name in enumerate(names.tolist())}
    return inputs[:, [place[name] for name in chosen.tolist()]], chosen


def _require_known(name: str, target: str, wanted: Wanted) -> None:
    if target not in _TARGET_NAMES:
        raise DataError(
            f"{name}: the target of the bundled set is `label`; there is no `data.target: {target}`."
        )
    for key, column_name in (("data.group", wanted.group), ("data.time", wanted.time)):
        if column_name is not None:
            raise DataError(f"{name}: the bundled set has no column `{column_name}` for `{key}`.")
