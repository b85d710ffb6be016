"""Which rows of the main file are in which part, and what to say of that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.sizes import PARTS, part_sizes
from dlrecipe.data.split import UNUSED, Rules, absent_classes, split_by_time, split_rows
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.plan import Plan
    from dlrecipe.data.raw import Indices, RawTable, Times
    from dlrecipe.data.understood import Source


def cut(plan: Plan, source: Source, rng: np.random.Generator) -> tuple[dict[str, Indices], tuple[str, ...]]:
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


def drawn(rows: Indices, most: int, rng: np.random.Generator) -> tuple[Indices, tuple[str, ...]]:
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
