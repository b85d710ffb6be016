"""From a plan to a data set: read, choose rows, cut into parts, learn the encoding, encode."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import sources
from dlrecipe.data.cardinality import cardinality_notes
from dlrecipe.data.dataset import Dataset, Part
from dlrecipe.data.distinct import distinct
from dlrecipe.data.encoder import Encoder
from dlrecipe.data.expansion import Expansion
from dlrecipe.data.labels import Labels
from dlrecipe.data.learning import learn_inputs
from dlrecipe.data.missing import usable_rows
from dlrecipe.data.normalize import moments
from dlrecipe.data.policies import Policies, policies
from dlrecipe.data.raw import Coded, RawTable, Times, Wanted, listed
from dlrecipe.data.sizes import PARTS, part_sizes
from dlrecipe.data.sources.arrays import examples_table
from dlrecipe.data.sources.roles import require_columns
from dlrecipe.data.split import UNUSED, Rules, absent_classes, split_by_time, split_rows
from dlrecipe.data.target import class_indices, decide_task, find_classes, quantities
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.plan import Plan, Task
    from dlrecipe.data.raw import Codes, Floats, Indices, Numbers


@dataclass(frozen=True, slots=True)
class _Source:
    """The main file with what is known of it before anything is learned from it."""

    table: RawTable
    rows: Indices
    task: Task
    labels: Labels
    strata: Codes | None  # class of each row of the file


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
    source, notes = _understand(plan, table)
    parts, more = _cut(plan, source, rng)
    if plan.train_examples is not None:
        notes += more
        parts["train"], more = _drawn(parts["train"], plan.train_examples, draw)
    notes += more
    encoder, more = _learn(plan, source, parts["train"])
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


def _understand(plan: Plan, table: RawTable) -> tuple[_Source, tuple[str, ...]]:
    missing = policies(plan.missing)
    _require_named(plan, table, missing)
    rows, dropped = usable_rows(table, missing)
    task, guessed = decide_task(table, rows, plan.task)
    strata, classes = None, None
    if task == "classification":
        classes = find_classes(table, rows)
        strata = np.zeros(len(table), np.int16)  # MOST_CLASSES fit
        strata[rows] = class_indices(table, rows, classes)
    labels = Labels(plan.source, table.target_name, classes)
    return _Source(table, rows, task, labels, strata), table.notes + dropped + guessed


def _require_named(plan: Plan, table: RawTable, missing: Policies) -> None:
    """Refuse words on missing cells of columns that are not there.

    Raises:
        DataError: There are such columns.
    """
    inputs = table.names.tolist()
    labels = [name for name in (table.target_name, table.group_name, table.time_name) if name]
    require_columns([*inputs, *labels], table.origin, "data.missing", list(missing.columns))
    if not isinstance(plan.missing_indicator, bool):
        require_columns(inputs, table.origin, "data.missing_indicator", plan.missing_indicator)


def _cut(plan: Plan, source: _Source, rng: np.random.Generator) -> tuple[dict[str, Indices], tuple[str, ...]]:
    """Return the rows of the parts that come from the main file."""
    notes = _same_files(plan)
    group = source.table.group
    rules = Rules(
        strata=source.strata if plan.stratify else None,
        groups=None if group is None else group.codes.astype(np.int64),
    )
    parts = {"train": source.rows}
    if plan.dev is None:
        sizes = part_sizes(len(source.rows), plan.split, parts=PARTS if plan.test is None else PARTS[:2])
        if source.table.time is None:
            least = {} if plan.train_dev is None else {"train": 2}
            parts = split_rows(source.rows, sizes, rules, rng, least)
        else:
            parts = split_by_time(source.rows, sizes, source.table.time.values)
            notes += _spans(source.table, source.table.time, parts)
    elif plan.split != "auto":
        notes += (
            "`data.split` is not used: dev has its own file, so every row of the source is a training row.",
        )
    if plan.dev is not None and plan.time is not None:
        notes += ("`data.time` is not used: dev has its own file, so the source is not split.",)
    if (unused := parts.pop(UNUSED, source.rows[:0])).size:
        notes += (
            f"{unused.size:,} of {len(source.rows):,} rows are in no part, as `data.split` counts fewer.",
        )
    if plan.train_dev is not None:
        parts |= _set_aside(parts["train"], plan.train_dev, rules, rng)
    if group is not None and plan.stratify and source.strata is not None:
        notes += (
            "whole groups are dealt to the parts, so sizes and class mix are only as near as they allow.",
        )
    if source.labels.classes is not None and source.strata is not None:
        notes += absent_classes(parts, source.strata, source.labels.classes)
    return parts, notes


def _spans(table: RawTable, times: Times, parts: Mapping[str, Indices]) -> tuple[str, ...]:
    """Say which times each part has."""
    spans = [
        f"{part} from {times.show(times.values[rows].min())} to {times.show(times.values[rows].max())}"
        for part, rows in parts.items()
    ]
    return (f"split by `{table.time_name}`: {', '.join(spans)}.",)


def _set_aside(train: Indices, fraction: float, rules: Rules, rng: np.random.Generator) -> dict[str, Indices]:
    if len(train) < 2:
        raise DataError("`data.train_dev` needs two training rows or more.")
    size = min(max(round(fraction * len(train)), 1), len(train) - 1)
    return split_rows(train, {"train": len(train) - size, "train_dev": size}, rules, rng)


def _drawn(rows: Indices, most: int, rng: np.random.Generator) -> tuple[Indices, tuple[str, ...]]:
    """Draw some of the rows; those of a smaller draw are among those of a larger one."""
    if most > len(rows):
        return rows, (f"`data.train_examples` is {most:,}; all {len(rows):,} training rows are used.",)
    return np.sort(rng.permutation(rows)[:most]), ()


def _same_files(plan: Plan) -> tuple[str, ...]:
    files = [("source", plan.source), ("dev", plan.dev), ("test", plan.test)]
    named = [(key, Path(path).resolve()) for key, path in files if path is not None]
    return tuple(
        f"`data.{one}` and `data.{other}` are the same file, so their errors say nothing about new examples."
        for at, (one, path) in enumerate(named)
        for other, other_path in named[at + 1 :]
        if path == other_path
    )


def _learn(plan: Plan, source: _Source, rows: Indices) -> tuple[Encoder, tuple[str, ...]]:
    """Learn the encoding from the training rows."""
    missing = policies(plan.missing)
    inputs = learn_inputs(source.table, rows, missing, plan.missing_indicator)
    mean, scale, notes = _statistics(source.table, inputs, rows)
    notes += cardinality_notes(source.table, inputs, rows) + _date_notes(inputs)
    if not plan.normalize:
        mean, scale = np.zeros(inputs.width), np.ones(inputs.width)
    labels = _learn_labels(source, rows)
    return Encoder(inputs, mean, scale, labels, missing, plan.group or "", plan.time or ""), notes


def _date_notes(inputs: Inputs) -> tuple[str, ...]:
    if not inputs.dates:
        return ()
    cycles = (
        "year, the week and the day" if any(c.timed for c in inputs.dates.values()) else "year and the week"
    )
    return (f"dates, taken as days since 1970-01-01 and places in the {cycles}: {listed([*inputs.dates])}.",)


def _statistics(table: RawTable, inputs: Inputs, rows: Indices) -> tuple[Floats, Floats, tuple[str, ...]]:
    expansion = Expansion(inputs, table)
    columns = moments(lambda: (block for _, block in expansion.blocks(rows)), len(rows))
    if not np.isfinite(columns.deviation).all():
        broken = inputs.columns[~np.isfinite(columns.deviation)]
        raise DataError(
            f"{table.origin}: the values of {listed(broken)} are too large to take a mean of. Rescale them."
        )
    constant = inputs.columns[columns.constant]
    notes = (f"constant in the training rows, so of no use: {listed(constant)}.",) if constant.size else ()
    return columns.mean, columns.scale, notes


def _learn_labels(source: _Source, rows: Indices) -> Labels:
    """Check that the training rows have something to learn; scale a regression's target by them."""
    table, labels = source.table, source.labels
    if labels.classes is not None and source.strata is not None:
        present = distinct(source.strata[rows])
        if len(present) < 2:
            raise DataError(
                f"{table.origin}: every training row is of class `{labels.classes[present[0]]}`; there is "
                "nothing to learn."
            )
        return labels
    target = quantities(table, rows)[:, np.newaxis]
    column = moments(lambda: [target], len(rows))
    if column.constant[0] or not np.isfinite(column.deviation[0]):
        problem = (
            f"is {target[0, 0]:g} in every training row"
            if column.constant[0]
            else "has values that are too large"
        )
        raise DataError(f"{table.origin}: the target `{labels.name}` {problem}; there is nothing to learn.")
    return Labels(labels.source, labels.name, None, float(column.mean[0]), float(column.deviation[0]))


def _own_file(encoder: Encoder, source: _Source, path: str, plan: Plan) -> tuple[Part, tuple[str, ...]]:
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
