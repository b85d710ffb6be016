"""A table as the network sees it before normalisation, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.blocks import blocks
from dlrecipe.data.raw import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.raw import Coded, Floats, Indices, RawTable


class Expansion:
    """One table seen through `Inputs`, block by block, so that no second copy of it is made.

    Args:
        inputs: How its columns become numbers.
        table: A table that has the columns of `inputs` in their order.
    """

    def __init__(self, inputs: Inputs, table: RawTable) -> None:
        self._inputs = inputs
        self._table = table
        self._lookups = {
            name: _lookup(inputs.categories[name], table.texts[name]) for name in inputs.categories
        }

    def blocks(self, rows: Indices) -> Iterator[tuple[slice, Floats]]:
        """Yield which of `rows` a block has, and its float64 numbers."""
        for block in blocks(len(rows), self._inputs.width):
            yield block, self._expanded(rows[block])

    def notes(self, rows: Indices) -> tuple[str, ...]:
        """Say which texts in `rows` are no category, so that all of their column's numbers are 0."""
        notes = []
        for name, lookup in self._lookups.items():
            codes = self._table.texts[name].codes[rows]
            counts = np.bincount(codes[codes >= 0], minlength=len(lookup))
            unseen = np.flatnonzero((lookup < 0) & (counts > 0))
            if unseen.size:
                shown = listed([self._table.texts[name].levels[at] for at in unseen])
                notes.append(
                    f"{self._table.origin}: column `{name}` has texts that no training row has, in "
                    f"{counts[unseen].sum():,} rows: {shown}. They count as none of the known ones."
                )
        return tuple(notes)

    def _expanded(self, rows: Indices) -> Floats:
        inputs = self._inputs
        numbers = self._table.numbers[rows].astype(np.float64, copy=False)
        at = inputs.is_number
        gaps = np.isnan(numbers)
        if gaps.any():
            numbers[gaps] = np.broadcast_to(inputs.fill[at], numbers.shape)[gaps]
        if inputs.plain:
            return numbers
        expanded = np.zeros((len(rows), inputs.width))
        expanded[:, inputs.starts[at]] = numbers
        for column, position in enumerate(at.tolist()):
            name, start, end = str(inputs.names[position]), *inputs.starts[position : position + 2]
            if name in inputs.indicators:
                expanded[:, end - 1] = gaps[:, column]
            if name in inputs.dates:
                calendar = inputs.dates[name]
                expanded[:, start : start + calendar.width] = calendar.expand(numbers[:, column])
        for position, name in enumerate(inputs.names.tolist()):
            if name in self._lookups:
                self._mark(expanded, rows, name, position)
        return expanded

    def _mark(self, expanded: Floats, rows: Indices, name: str, position: int) -> None:
        codes = self._table.texts[name].codes[rows]
        if name in self._inputs.indicators:
            expanded[:, self._inputs.starts[position + 1] - 1] = codes < 0
        fill = self._inputs.fill[position]
        filled = -1 if np.isnan(fill) else int(fill)
        categories = np.where(codes < 0, filled, self._lookups[name][codes])
        known = np.flatnonzero(categories >= 0)
        expanded[known, self._inputs.starts[position] + categories[known]] = 1.0


def _lookup(categories: tuple[str, ...], coded: Coded) -> Indices:
    index = {category: at for at, category in enumerate(categories)}
    return np.array([index.get(level, -1) for level in coded.levels] or [-1], np.int64)
