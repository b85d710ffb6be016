"""The rows of the parts as their files have them, before anything is encoded: what a look at them needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import sources
from dlrecipe.data.blocks import blocks
from dlrecipe.data.cardinality import MOST_CATEGORIES
from dlrecipe.data.load import wanted_of
from dlrecipe.data.missing import usable_rows
from dlrecipe.data.policies import policies
from dlrecipe.data.target import class_indices, decide_task, find_classes, quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.dataset import Dataset
    from dlrecipe.data.plan import Plan, Task
    from dlrecipe.data.raw import Floats, Indices, RawTable


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some rows of a file.

    Attributes:
        table: The file as it was read.
        rows: Which of its rows, counted from 0.
        y: Index of each row's class, or its target in units of its own.
        classes: The labels as texts; empty for a regression.
    """

    table: RawTable
    rows: Indices
    y: Indices | Floats
    classes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def task(self) -> Task:
        """What is to be learned from them."""
        return "classification" if self.classes else "regression"

    @property
    def labels(self) -> Indices:
        """Index of each row's class."""
        return self.y.astype(np.int64)

    @property
    def quantities(self) -> Floats:
        """The target of a regression in its own units."""
        return self.y.astype(np.float64)

    def at(self, places: Indices) -> Rows:
        """Return those at these places among them."""
        return replace(self, rows=self.rows[places], y=self.y[places])


@dataclass(frozen=True, slots=True, eq=False)
class RawColumn:
    """One input column over some rows.

    Attributes:
        name: As the file has it.
        values: Its numbers, float64; of texts the index in `levels`. NaN is a missing cell.
        levels: The texts; None for a column of numbers.
    """

    name: str
    values: Floats
    levels: tuple[str, ...] | None

    @property
    def present(self) -> Floats:
        """The values that are not missing."""
        return self.values[~np.isnan(self.values)]


def raw_columns(table: RawTable, rows: Indices) -> Iterator[RawColumn]:
    """Yield the input columns over these rows, in the file's order."""
    numbers = np.asarray(table.numbers[rows], np.float64)
    place = {name: at for at, name in enumerate(table.number_names.tolist())}
    for name in table.names.tolist():
        if name in place:
            yield RawColumn(name, numbers[:, place[name]], None)
        else:
            coded = table.texts[name]
            codes = coded.codes[rows].astype(np.float64)
            yield RawColumn(name, np.where(codes < 0, np.nan, codes), coded.levels)


def whole_source(plan: Plan) -> Rows:
    """Read the rows of the source that have a target, missing cells and all.

    Raises:
        DataError: The file cannot be read, or has nothing that could be learned.
    """
    table = sources.read(plan.source, wanted_of(plan, plan.target))
    rows, _ = usable_rows(table, policies("mean"))  # which drops no row for a missing input
    task, _ = decide_task(table, rows, plan.task)
    if task == "regression":
        return Rows(table, rows, quantities(table, rows))
    classes = find_classes(table, rows)
    return Rows(table, rows, class_indices(table, rows, classes), _labels(classes.tolist()))


def parts_as_read(plan: Plan, dataset: Dataset) -> dict[str, Rows]:
    """Read the files of a data set again, and return the rows of each part.

    Raises:
        DataError: A file cannot be read.
    """
    encoder = dataset.encoder
    source = sources.read(plan.source, wanted_of(plan, plan.target))
    files = {"dev": plan.dev, "test": plan.test}
    classes = () if encoder.classes is None else _labels(encoder.classes.tolist())
    parts = {
        "train": dataset.train,
        "dev": dataset.dev,
        "test": dataset.test,
        "train_dev": dataset.train_dev,
    }
    found = {}
    for name, part in parts.items():
        if part is not None:
            path = files.get(name)
            table = source if path in {None, plan.source} else encoder.read_table(str(path))
            y = part.y.astype(np.float64) * encoder.target_scale + encoder.target_mean
            found[name] = Rows(table, part.rows, part.y if classes else y, classes)
    return found


def missing_cells(table: RawTable) -> dict[str, int]:
    """Return how many cells of each input column are missing, where any is."""
    counts = np.zeros(len(table.number_names), np.int64)
    if table.numbers.dtype.kind == "f":
        for block in blocks(len(table), max(1, len(counts))):
            counts += np.isnan(table.numbers[block]).sum(axis=0)
    found = dict(zip(table.number_names.tolist(), counts.tolist(), strict=True))
    found |= {name: int((coded.codes < 0).sum()) for name, coded in table.texts.items()}
    return {name: found[name] for name in table.names.tolist() if found[name]}


def crowded_texts(table: RawTable) -> dict[str, int]:
    """Return the text columns with more different texts than a training takes, and how many those are."""
    counts = {name: len(coded.levels) for name, coded in table.texts.items()}
    return {name: count for name, count in counts.items() if count > MOST_CATEGORIES}


def _labels(classes: list[object]) -> tuple[str, ...]:
    return tuple(str(label) for label in classes)
