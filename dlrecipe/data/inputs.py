"""How the columns of a file become the numbers a network sees, before they are normalised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data import archive
from dlrecipe.data.blocks import blocks
from dlrecipe.data.raw import Schema, listed
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.plan import Missing
    from dlrecipe.data.raw import Coded, Floats, Indices, Mask, RawTable, Texts

MOST_CATEGORIES = 1000


@dataclass(frozen=True)
class Inputs:
    """The raw columns: numbers as they are, texts as one column of 0 and 1 for each category.

    Attributes:
        names: The raw columns in order.
        categories: The sorted categories of each text column, those of the training rows.
        fill: What stands for a missing cell of each raw column: a number, or the index of a category.
    """

    names: Texts
    categories: Mapping[str, tuple[str, ...]]
    fill: Floats

    @property
    def schema(self) -> Schema:
        """What another file must have."""
        return Schema(self.names, frozenset(self.categories))

    @cached_property
    def starts(self) -> Indices:
        """Where each raw column begins among the expanded ones; the last entry is how many those are."""
        widths = np.ones(len(self.names), np.int64)
        if self.categories:
            widths[:] = [len(self.categories.get(name, (name,))) for name in self.names.tolist()]
        return np.concatenate([[0], np.cumsum(widths)])

    @property
    def width(self) -> int:
        """How many numbers an example has."""
        return int(self.starts[-1])

    @cached_property
    def is_number(self) -> Indices:
        """Positions of the raw columns that are numbers."""
        return np.flatnonzero(~_is_text(self.names, self.categories))

    @property
    def columns(self) -> Texts:
        """Names of the expanded columns, as `age`, `color=blue`, `color=red`."""
        if not self.categories:
            return self.names
        expanded: list[str] = []
        for name in self.names.tolist():
            expanded += (
                [f"{name}={category}" for category in self.categories[name]]
                if name in self.categories
                else [name]
            )
        return np.array(expanded)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return plain arrays from which `from_arrays` makes the same inputs."""
        categories = [self.categories.get(name, ()) for name in self.names.tolist()]
        return {
            "input_names": self.names,
            "input_is_text": _is_text(self.names, self.categories),
            "input_fill": self.fill,
            "category_counts": np.array([len(texts) for texts in categories]),
            "category_names": np.array([text for texts in categories for text in texts], np.str_),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Inputs:
        """Return the inputs that `to_arrays` wrote.

        Raises:
            DataError: An array is missing, unreadable or does not fit the others.
        """
        names = archive.texts(arrays, "input_names")
        is_text = archive.flags(arrays, "input_is_text", len(names))
        sizes = archive.counts(arrays, "category_counts", len(names))
        flat = archive.texts(arrays, "category_names")
        if sizes.sum() != len(flat):
            raise DataError("the model's `category_counts` do not fit its `category_names`; it is damaged.")
        ends = np.cumsum(sizes)
        categories = {
            str(names[at]): tuple(flat[ends[at] - sizes[at] : ends[at]].tolist())
            for at in np.flatnonzero(is_text)
        }
        fill = archive.floats(arrays, "input_fill", len(names))
        if not (np.isnan(fill) | ~is_text | ((fill >= 0) & (fill < sizes))).all():
            raise DataError("the model's `input_fill` names categories that do not exist; it is damaged.")
        return cls(names, categories, fill)


def learn_inputs(table: RawTable, rows: Indices, policy: Missing) -> Inputs:
    """Learn categories and fillings from the training rows.

    Under `mean` and `median` a missing number becomes that of the column, and a missing text the most
    frequent category (of several the first).

    Raises:
        DataError: A text column has more than 1,000 categories, or a column has no value to learn from.
    """
    _require_few(table)
    counts = {name: _level_counts(coded, rows) for name, coded in table.texts.items()}
    categories = {
        name: tuple(coded.levels[at] for at in np.flatnonzero(counts[name]))
        for name, coded in table.texts.items()
    }
    fill = np.full(len(table.names), np.nan)
    if policy in {"mean", "median"}:
        is_text = _is_text(table.names, categories)
        fill[~is_text] = _middle(table, rows, policy)
        for at in np.flatnonzero(is_text):
            present = counts[str(table.names[at])]
            fill[at] = present[present > 0].argmax() if present.any() else np.nan
        _require_fill(table, fill)
    return Inputs(table.names, categories, fill)


def _level_counts(coded: Coded, rows: Indices) -> Indices:
    codes = coded.codes[rows]
    return np.bincount(codes[codes >= 0], minlength=len(coded.levels))


def _is_text(names: Texts, categories: Mapping[str, tuple[str, ...]]) -> Mask:
    return np.isin(names, list(categories)) if categories else np.zeros(len(names), bool)


def _middle(table: RawTable, rows: Indices, policy: Missing) -> Floats:
    """Return mean or median of the present values of each column of numbers; NaN where there is none."""
    if isinstance(table.numbers, OnDisk):
        raise DataError(
            f"{table.origin}: `data.missing: {policy}` needs the whole set in memory. Use `drop`, or "
            "`data.stream: false`."
        )
    middle = np.full(table.numbers.shape[1], np.nan)
    for columns in blocks(table.numbers.shape[1], len(rows)):
        values = table.numbers[rows, columns].astype(np.float64)
        present = ~np.isnan(values).all(axis=0)
        if policy == "median":
            middle[columns][present] = np.nanmedian(values[:, present], axis=0)
        else:
            origin = np.nanmin(values[:, present], axis=0)
            middle[columns][present] = origin + np.nanmean(values[:, present] - origin, axis=0)
    return middle


def _require_fill(table: RawTable, fill: Floats) -> None:
    if np.isnan(fill).any():
        raise DataError(
            f"{table.origin}: the training rows have no value at all in "
            f"{listed(table.names[np.isnan(fill)])}, so there is nothing to fill in. Leave these columns out."
        )


def _require_few(table: RawTable) -> None:
    """Refuse columns of names and identifiers, each of which would become thousands of inputs."""
    many = {name: coded.levels for name, coded in table.texts.items() if len(coded.levels) > MOST_CATEGORIES}
    if many:
        raise DataError(
            *(
                f"{table.origin}: text column `{name}` has {len(levels):,} different texts, as "
                f"{levels[0]!r}; each would be an input of its own, and at most {MOST_CATEGORIES:,} are "
                "taken. Leave the column out, turn it into numbers or merge rare texts."
                for name, levels in many.items()
            )
        )
