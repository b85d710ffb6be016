"""The named blocks of theta, and where in its block an entry lies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dlrecipe.nn import Layout

REST = "(rest)"
"""The block of all entries that the caller's blocks leave out."""


@dataclass(frozen=True, slots=True)
class Region:
    """One block.

    Attributes:
        name: As `dW1`.
        entries: Which entries of theta it holds.
        shape: Of the array that the block is in the program under test.
    """

    name: str
    entries: NDArray[np.intp]
    shape: tuple[int, ...]

    def index(self, position: int) -> tuple[int, ...]:
        """Index in the block's array of its entry at a flat position."""
        return tuple(int(part) for part in np.unravel_index(position, self.shape))


def layout_regions(layout: Layout) -> list[Region]:
    """`dW1`, …, `dWL`, `db1`, …, `dbL`, in the order of theta."""
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(layout.sizes)] + [(n,) for n in layout.sizes[1:]]
    return [
        Region(f"d{name}", np.arange(part.start, part.stop), shape)
        for (name, part), shape in zip(layout.blocks.items(), shapes, strict=True)
    ]


def named_regions(blocks: Mapping[str, slice] | None, n: int) -> list[Region]:
    """The caller's blocks of a theta of n entries, checked; None is one block `dtheta`.

    Blocks may leave entries out, which are checked as one more block, `(rest)`; they may not overlap, because
    an error would then be counted twice.

    Raises:
        UsageError: A block is no slice, empty, reaches beyond theta or overlaps another.
    """
    owner = np.full(n, -1)
    regions: list[Region] = []
    problems: list[str] = []
    for name, part in (blocks or {"dtheta": slice(0, n)}).items():
        problem = misfit(name, part, n)
        entries = np.arange(n)[part] if problem is None else np.arange(0)
        taken = owner[entries][owner[entries] >= 0]
        if taken.size:
            other = regions[taken[0]].name
            problem = f"Blocks {other!r} and {name!r} overlap. Each entry may be in one block only."
        if problem is not None:
            problems.append(problem)
        owner[entries] = len(regions)
        regions.append(Region(str(name), entries, entries.shape))
    if problems:
        raise UsageError(*problems)
    rest = np.flatnonzero(owner < 0)
    return [*regions, Region(REST, rest, rest.shape)] if rest.size else regions


def misfit(name: str, part: object, n: int) -> str | None:
    """What is wrong with one block of a theta of n entries."""
    if not isinstance(part, slice):
        return f"Block {name!r} must be a slice of theta, as slice(0, 12). Got {part!r}."
    if any(bound is not None and not -n <= bound <= n for bound in (part.start, part.stop)):
        return f"Block {name!r} must lie within theta, which has {n} entries. Got {part!r}."
    if not np.arange(n)[part].size:
        return f"Block {name!r} must hold an entry of theta. Got {part!r}."
    return None


def where(regions: list[Region], entry: int) -> str:
    """How a message calls an entry of theta: `dW1 (3, 4)`."""
    for region in regions:
        found = np.flatnonzero(region.entries == entry)
        if found.size:
            return f"{region.name} {region.index(int(found[0]))}"
    return f"theta[{entry}]"


def counts(regions: list[Region], chosen: NDArray[np.bool_]) -> str:
    """How a note counts chosen entries: `3 of dW1 and 1 of db1`."""
    parts = [
        f"{chosen[region.entries].sum()} of {region.name}"
        for region in regions
        if chosen[region.entries].any()
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
