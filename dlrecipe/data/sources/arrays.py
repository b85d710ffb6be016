"""NumPy files: `.npz` with inputs `X` and a target array, or a pair of `.npy` files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.distinct import numbered
from dlrecipe.data.raw import Coded, Numbers, RawTable, Times, Wanted, is_missing_text, listed
from dlrecipe.data.sources import npy, npz
from dlrecipe.data.sources.files import read_bytes, stays_on_disk
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.data.plan import Task
    from dlrecipe.data.raw import Column, Texts

_NUMERIC = "biuf"


def read_npz(path: str, wanted: Wanted) -> RawTable:
    """Read `X`, the target array (default `y`) and, where asked for, the group's array.

    Raises:
        DataError: The file is damaged, an array is missing or of a type or shape that cannot be used.
    """
    name = wanted.target or "y"
    optional = {label for label in (wanted.group, wanted.time) if label and not wanted.unlabelled}
    required = {"X"} | (set() if wanted.unlabelled else {name})
    arrays = npz.read_npz(path, _choose(path, required, optional))
    group, time = arrays.get(wanted.group or ""), arrays.get(wanted.time or "")
    for key, label, found in (("group", wanted.group, group), ("time", wanted.time, time)):
        if label and found is None and wanted.schema is None:
            raise DataError(f"{path}: there is no array `{label}` for `data.{key}`.")
    target = None if wanted.unlabelled else arrays[name]
    return examples_table(path, arrays["X"], target, wanted, target_name=name, group=group, time=time)


def read_npy(path: str, wanted: Wanted) -> RawTable:
    """Read inputs from a `.npy` file and the target from the one that `wanted.target` names.

    Raises:
        DataError: A file is missing or damaged, or the two do not fit together.
    """
    kept = npy.on_disk(path) if stays_on_disk(path, wanted) else None
    inputs = npy.parse(read_bytes(path, npy.declared_size), path) if kept is None else kept
    if wanted.unlabelled:
        return examples_table(path, inputs, None, wanted)
    if wanted.target is None:
        raise DataError(f"{path}: where is the target? Name the .npy file that holds it in `data.target`.")
    target = npy.parse(read_bytes(wanted.target, npy.declared_size), wanted.target)
    return examples_table(path, inputs, target, wanted, target_name=wanted.target)


def examples_table(
    path: str,
    inputs: Numbers | OnDisk,
    target: Numbers | None,
    wanted: Wanted,
    *,
    target_name: str = "",
    group: Numbers | None = None,
    time: Numbers | None = None,
    task: Task | None = None,
) -> RawTable:
    """Put arrays that belong together into a table with columns `x1`, `x2`, ….

    Raises:
        DataError: Their types, shapes or lengths do not fit.
    """
    if wanted.schema is None:
        _require_no_names(path, wanted, group, time)
    block, notes = _as_rows(path, inputs)
    for name, labels in ((target_name, target), (wanted.group, group), (wanted.time, time)):
        if labels is not None:
            _require_labels(path, f"`{name}`", labels, len(block))
    names, more = _names(path, block.shape[1], wanted)
    return RawTable(
        origin=path,
        names=names,
        numbers=block,
        target=None if target is None else column(target.reshape(-1)),
        target_name=target_name,
        group=None if group is None else _coded(group.reshape(-1)),
        group_name=wanted.group or "",
        time=None if time is None else _times(time.reshape(-1), path, wanted),
        time_name=wanted.time or "",
        task=task,
        notes=notes + more,
    )


def _require_no_names(path: str, wanted: Wanted, group: Numbers | None, time: Numbers | None) -> None:
    """Refuse what only columns with names can do."""
    for key, name, found in (("group", wanted.group, group), ("time", wanted.time, time)):
        if name and found is None:
            raise DataError(f"{path}: `data.{key}: {name}` needs a table or an .npz file that has it.")
    if key := ("drop" if wanted.drop else "keep" if wanted.keep is not None else ""):
        raise DataError(
            f"{path}: `data.{key}` needs columns with names, as a table has. Leave them out of the array, or "
            "save it as .csv or .parquet."
        )


def _times(time: Numbers, path: str, wanted: Wanted) -> Times:
    if time.dtype.kind not in "biuf":
        raise DataError(f"{path}: `data.time: {wanted.time}` must hold numbers, not {time.dtype}.")
    return Times(time.astype(np.float64))


def _choose(path: str, required: set[str], optional: set[str]) -> Callable[[set[str]], set[str]]:
    def choose(found: set[str]) -> set[str]:
        if missing := sorted(required - found):
            raise DataError(
                f"{path}: there is no array {listed(missing)}; it holds {listed(sorted(found)) or 'none'}. "
                "Inputs are the array `X`, and the target is `y` or what `data.target` names."
            )
        return required | (optional & found)

    return choose


def _as_rows(path: str, inputs: Numbers | OnDisk) -> tuple[Numbers | OnDisk, tuple[str, ...]]:
    if inputs.dtype.kind not in _NUMERIC:
        raise DataError(
            f"{path}: inputs must be numbers, not {inputs.dtype}. Texts can be inputs in a table (.csv)."
        )
    if not 2 <= inputs.ndim <= 4:
        raise DataError(
            f"{path}: inputs must have a row for each example, shape (m, n) or images (m, height, width), "
            f"not {inputs.shape}. A single input is X.reshape(-1, 1)."
        )
    if inputs.size == 0:
        raise DataError(f"{path}: the inputs have shape {inputs.shape}, so there is nothing to learn from.")
    if inputs.ndim == 2:
        return inputs, ()
    shape = inputs.shape[1:]
    flat = inputs.flattened() if isinstance(inputs, OnDisk) else inputs.reshape(len(inputs), -1)
    return flat, (f"{path}: images of shape {shape} are flattened row by row to {flat.shape[1]} inputs.",)


def _require_labels(path: str, name: str, labels: Numbers, rows: int) -> None:
    if labels.dtype.kind not in _NUMERIC + "US":
        raise DataError(f"{path}: {name} must hold numbers or texts, not {labels.dtype}.")
    if labels.ndim != 1 and not (labels.ndim == 2 and labels.shape[1] == 1):
        raise DataError(
            f"{path}: {name} must have one value for each example, shape ({rows},), not {labels.shape}. "
            "One-hot labels are turned back with labels.argmax(axis=1)."
        )
    if len(labels) != rows:
        raise DataError(f"{path}: there are {rows:,} examples, but {len(labels):,} values in {name}.")


def _names(path: str, width: int, wanted: Wanted) -> tuple[Texts, tuple[str, ...]]:
    """Return the columns' names; arrays have none, so they are matched to a schema's by position."""
    names = np.char.add("x", np.arange(1, width + 1).astype(str))
    if wanted.schema is None or np.array_equal(names, wanted.schema.names):
        return names, ()
    known = wanted.schema.names
    texts = [name for name in known if name in wanted.schema.texts]
    if len(known) != width or texts:
        raise DataError(
            f"{path}: the array has {width:,} columns without names, but the training data have "
            f"{len(known):,}: {listed(known)}" + (f", of which {listed(texts)} are texts." if texts else ".")
        )
    return known, (
        f"{path}: the array's columns have no names; they are taken in the order of the training data.",
    )


def column(values: Numbers) -> Column:
    """Return a one-dimensional array as a column: texts as codes, numbers as they are."""
    if values.dtype.kind in "US":
        return _coded(values)
    return values


def _coded(values: Numbers) -> Coded:
    levels, codes = numbered(values)
    texts = [_text(level) for level in levels.tolist()]
    present = [at for at, text in enumerate(texts) if not is_missing_text(text)]
    renumbered = np.full(len(texts), -1, np.int32)
    renumbered[present] = np.arange(len(present))
    return Coded(renumbered[codes], tuple(texts[at] for at in present))


def _text(level: object) -> str:
    return level.decode("utf-8", "replace") if isinstance(level, bytes) else str(level)
