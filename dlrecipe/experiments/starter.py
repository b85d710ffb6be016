"""A first config for somebody's data: every key explained, with values that train well at once."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe import data as data_room
from dlrecipe.data.sources.kinds import NAMED_TARGET, suffix_of
from dlrecipe.errors import DataError
from dlrecipe.experiments.starter_advice import advice
from dlrecipe.experiments.starter_template import TEMPLATE
from dlrecipe.training import stream

if TYPE_CHECKING:
    from dlrecipe.data import Dataset, Missing

FEW = 1_000
"""Training examples below which a pass has too few steps of 64."""

VERY_FEW = 200
"""Training examples below which 100 passes have too few steps as well."""

MANY = 10_000
"""Training examples from which a wider network is fed well."""

LAMBDA = 1.0
"""A mild L2 penalty for any set: it counts less the more examples there are."""

_PLAIN = re.compile(r"[A-Za-z_./][A-Za-z0-9_./-]*")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", ".inf", ".nan"}


def starter_config(source: str | None, target: str | None, folder: Path) -> str:
    """Return a commented config, as YAML text.

    Args:
        source: A file of examples or a bundled set's name; None for the bundled digits.
        target: What is predicted: a column, an array or the path of a label file; None for the default.
        folder: Where the config will be: paths in it are written as seen from there.

    Raises:
        DataError: The data cannot be read or learned from; the message says why.
    """
    source = source or "digits"
    useless = data_room.useless_columns(source, target)
    dataset, missing = _load(source, target, tuple(useless))
    m = len(dataset.train)
    seen = _target_as_seen_from(folder, source, target)
    return TEMPLATE.format(
        source=_yaml(source if source in data_room.BUNDLED else _as_seen_from(folder, source)),
        target="# target: label" if seen is None else f"target: {_yaml(seen)}",
        task=dataset.task,
        missing="# missing: error" if missing == "error" else f"missing: {missing}",
        indicator=f"{'# ' if missing == 'error' else ''}missing_indicator: true",
        drop=f"drop: [{', '.join(map(_yaml, useless))}]" if useless else "# drop: [id]",
        why="".join(f"; {reason}" for reason in dict.fromkeys(useless.values())),
        advice="".join(f"# {line}\n" for line in advice(dataset)),
        layers=json.dumps([128, 64] if m >= MANY else [64, 32]),
        batch_size=16 if m < FEW else 64,
        epochs=300 if m < VERY_FEW else 100,
        lambd=LAMBDA,
    )


def _load(source: str, target: str | None, drop: tuple[str, ...]) -> tuple[Dataset, Missing]:
    """Return the data, with medians for missing cells if that is what it takes to read them."""

    def load(missing: Missing) -> Dataset:
        plan = data_room.Plan(source=source, target=target, missing=missing, drop=drop)
        return data_room.load(plan, stream(0, "split"))

    try:
        return load("error"), "error"
    except DataError as error:
        try:
            return load("median"), "median"
        except DataError:
            raise error from None


def _target_as_seen_from(folder: Path, source: str, target: str | None) -> str | None:
    if target is None or source in data_room.BUNDLED or suffix_of(source) in NAMED_TARGET:
        return target
    return _as_seen_from(folder, target)


def _as_seen_from(folder: Path, file: str) -> str:
    """Return a path relative to `folder`; one that is absolute and not under it stays as it is."""
    if Path(file).is_absolute() and not Path(file).is_relative_to(folder.absolute()):
        return file
    return os.path.relpath(file, folder)


def _yaml(text: str) -> str:
    """Return the text as a YAML value, in quotes where it could be taken for something else."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
