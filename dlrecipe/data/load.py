"""From a plan to a data set: read, choose rows, cut into parts, learn the encoding, encode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.data import sources
from dlrecipe.data.cutting import cut, drawn
from dlrecipe.data.dataset import Dataset, Part
from dlrecipe.data.learned import learn_encoder
from dlrecipe.data.missing import usable_rows
from dlrecipe.data.raw import Coded, RawTable, Wanted
from dlrecipe.data.sources.arrays import examples_table
from dlrecipe.data.understood import understand

if TYPE_CHECKING:
    import numpy as np

    from dlrecipe.data.encoder import Encoder
    from dlrecipe.data.plan import Plan
    from dlrecipe.data.raw import Numbers
    from dlrecipe.data.understood import Source


def load(plan: Plan, rng: np.random.Generator, draw: np.random.Generator | None = None) -> Dataset:
    """Read the data of a plan and return its parts as the network sees them.

    Statistics (means, scales, categories, fillings) are those of the training rows only.

    Args:
        plan: What to read and how to cut it.
        rng: Decides the split.
        draw: Decides which rows `plan.train_examples` takes; None leaves that to `rng`.

    Raises:
        DataError: A file cannot be read, or the data are not what the plan says or cannot be learned from.
    """
    return _dataset(plan, sources.read(plan.source, wanted_of(plan, plan.target)), rng, draw or rng)


def load_arrays(X: Numbers, y: Numbers, plan: Plan, rng: np.random.Generator) -> Dataset:
    """Make a data set of arrays in memory, like `load` of a file; `plan.source` is their name in messages.

    Args:
        X: Inputs (m, n_x), or images (m, height, width).
        y: Target (m,).
        plan: How to cut them.
        rng: Decides the split.

    Raises:
        DataError: As `load`.
    """
    return _dataset(plan, examples_table(plan.source, X, y, wanted_of(plan, "y"), target_name="y"), rng, rng)


def wanted_of(plan: Plan, target: str | None) -> Wanted:
    """What a plan takes from its source."""
    return Wanted(target, plan.group, time=plan.time, drop=plan.drop, keep=plan.keep, stream=plan.stream)


def _dataset(plan: Plan, table: RawTable, rng: np.random.Generator, draw: np.random.Generator) -> Dataset:
    source, notes = understand(plan, table)
    parts, more = cut(plan, source, rng)
    if plan.train_examples is not None:
        notes += more
        parts["train"], more = drawn(parts["train"], plan.train_examples, draw)
    notes += more
    encoder, more = learn_encoder(plan, source, parts["train"])
    notes += more
    made: dict[str, Part] = {}
    for name, rows in parts.items():
        made[name], more = encoder.part(source.table, rows)
        notes += more
    for name, path in (("dev", plan.dev), ("test", plan.test)):
        if path is not None:
            made[name], more = _own_file(encoder, source, path, plan)
            notes += more
    return Dataset(
        name=Path(source.table.origin).name.split(".")[0],
        task=source.task,
        train=made["train"],
        dev=made["dev"],
        test=made.get("test"),
        train_dev=made.get("train_dev"),
        encoder=encoder,
        notes=tuple(dict.fromkeys(notes)),
    )


def _own_file(encoder: Encoder, source: Source, path: str, plan: Plan) -> tuple[Part, tuple[str, ...]]:
    """Encode all rows of the dev or test file."""
    table = source.table if path == plan.source else encoder.read_table(path)
    rows, dropped = usable_rows(table, encoder.missing)
    part, notes = encoder.part(table, rows)
    shared = _shared_groups(source.table.group, table.group)
    if shared and path != plan.source:
        notes += (f"{path}: {shared:,} groups of `data.group` are also in {plan.source}.",)
    return part, table.notes + dropped + notes


def _shared_groups(one: Coded | None, other: Coded | None) -> int:
    return 0 if one is None or other is None else len(set(one.levels) & set(other.levels))
