"""How the columns of a file become the numbers a network sees, before they are normalised."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data import archive
from dlrecipe.data.calendar import Calendar
from dlrecipe.data.raw import Schema
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.raw import Floats, Indices, Mask, Texts


@dataclass(frozen=True)
class Inputs:
    """The raw columns: numbers as they are, dates in parts, a column of 0 and 1 for each category of texts.

    Attributes:
        names: The raw columns in order.
        categories: The sorted categories of each text column, those of the training rows.
        fill: What stands for a missing cell of each raw column: a number (a date: its days), or the index
            of a category.
        dates: The columns that are dates.
        indicators: The columns after whose numbers comes another one: 1 where the cell is missing, else 0.
    """

    names: Texts
    categories: Mapping[str, tuple[str, ...]]
    fill: Floats
    dates: Mapping[str, Calendar] = field(default_factory=dict)
    indicators: frozenset[str] = frozenset()

    @property
    def schema(self) -> Schema:
        """What another file must have."""
        dates = {name: calendar.form for name, calendar in self.dates.items()}
        return Schema(self.names, frozenset(self.categories), dates)

    @property
    def plain(self) -> bool:
        """Whether every raw column is one number."""
        return not (self.categories or self.dates or self.indicators)

    @cached_property
    def starts(self) -> Indices:
        """Where each raw column begins among the expanded ones; the last entry is how many those are."""
        widths = np.ones(len(self.names), np.int64)
        if not self.plain:
            widths[:] = [len(self._expanded_names(name)) for name in self.names.tolist()]
        return np.concatenate([[0], np.cumsum(widths)])

    @property
    def width(self) -> int:
        """How many numbers an example has."""
        return int(self.starts[-1])

    @cached_property
    def is_number(self) -> Indices:
        """Positions of the raw columns that are numbers, dates among them."""
        return np.flatnonzero(~_is_text(self.names, self.categories))

    @property
    def columns(self) -> Texts:
        """Names of the expanded columns, as `age`, `age is missing`, `color=blue`, `color=red`."""
        if self.plain:
            return self.names
        return np.array([column for name in self.names.tolist() for column in self._expanded_names(name)])

    def _expanded_names(self, name: str) -> list[str]:
        if name in self.categories:
            columns = [f"{name}={category}" for category in self.categories[name]]
        else:
            columns = self.dates[name].columns(name) if name in self.dates else [name]
        return [*columns, f"{name} is missing"] if name in self.indicators else columns

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return plain arrays from which `from_arrays` makes the same inputs."""
        categories = [self.categories.get(name, ()) for name in self.names.tolist()]
        return {
            "input_names": self.names,
            "input_is_text": _is_text(self.names, self.categories),
            "input_fill": self.fill,
            "category_counts": np.array([len(texts) for texts in categories]),
            "category_names": np.array([text for texts in categories for text in texts], np.str_),
            "date_names": np.array(list(self.dates), np.str_),
            "date_forms": np.array([calendar.form for calendar in self.dates.values()], np.str_),
            "date_is_timed": np.array([calendar.timed for calendar in self.dates.values()], bool),
            "indicator_names": np.array(sorted(self.indicators), np.str_),
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
        indicators = frozenset(archive.texts(arrays, "indicator_names").tolist())
        return cls(names, categories, fill, _dates_of(arrays), indicators)


def _dates_of(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, Calendar]:
    names, forms = archive.texts(arrays, "date_names"), archive.texts(arrays, "date_forms")
    timed = archive.flags(arrays, "date_is_timed", len(names))
    if len(forms) != len(names):
        raise DataError("the model's `date_forms` do not fit its `date_names`; it is damaged.")
    return {
        str(name): Calendar(str(form), bool(clock))
        for name, form, clock in zip(names, forms, timed, strict=True)
    }


def _is_text(names: Texts, categories: Mapping[str, tuple[str, ...]]) -> Mask:
    return np.isin(names, list(categories)) if categories else np.zeros(len(names), bool)
