"""Cuts rows into parts: random, with the same class mix in each, or whole groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.blocks import blocks
from dlrecipe.data.distinct import numbered
from dlrecipe.data.groups import deal_groups
from dlrecipe.data.raw import listed
from dlrecipe.data.strata import allot
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.raw import Codes, Floats, Indices
    from dlrecipe.data.target import Classes

UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides the part of each row of a file, indexed by its row number.

    Attributes:
        strata: Class of each row whose mix is to be kept; None where that does not matter.
        groups: Group of each row, none of which is to be torn; None where there are none.
    """

    strata: Codes | None = None
    groups: Indices | None = None


def split_rows(
    rows: Indices,
    sizes: Mapping[str, int],
    rules: Rules,
    rng: np.random.Generator,
    least: Mapping[str, int] | None = None,
) -> dict[str, Indices]:
    """Deal `rows` to the parts of `sizes`, and what is left to `unused`.

    Each part keeps the order of the rows.

    Args:
        rows: Row numbers.
        sizes: How many of them each part gets, train first; exact, unless groups decide.
        rules: What the parts must respect.
        rng: Decides everything else.
        least: Groups that a part needs, where that is more than one.

    Raises:
        DataError: There are fewer groups than parts.
    """
    wanted = dict(sizes)
    if rest := len(rows) - sum(sizes.values()):
        wanted[UNUSED] = rest
    strata = _strata(rows, rules.strata)
    if rules.groups is None:
        part_of: Codes = _deal(strata, list(wanted.values()), rng)
    else:
        groups = numbered(rules.groups[rows])[1]
        needed = [0 if part == UNUSED else (least or {}).get(part, 1) for part in wanted]
        _require_groups(int(groups.max()) + 1, sum(needed), list(sizes))
        part_of = deal_groups(groups, strata, list(wanted.values()), needed, rng)
    return {part: rows[part_of == at] for at, part in enumerate(wanted)}


def split_by_time(rows: Indices, sizes: Mapping[str, int], times: Floats) -> dict[str, Indices]:
    """Cut `rows` by their times: the first part of `sizes` gets the oldest, the last the newest.

    What the sizes leave are the oldest of all, as `unused`. Rows of one time are taken in their order. Each
    part keeps the order of the rows.
    """
    order = rows[np.argsort(times[rows], kind="stable")]
    wanted = {UNUSED: len(rows) - sum(sizes.values()), **sizes}
    ends = np.cumsum(list(wanted.values()))
    return {
        part: np.sort(order[end - size : end])
        for (part, size), end in zip(wanted.items(), ends, strict=True)
        if size or part != UNUSED
    }


def _strata(rows: Indices, strata: Codes | None) -> Codes:
    """Return the classes of rows, numbered without gaps."""
    if strata is None:
        return np.zeros(len(rows), np.int8)
    return numbered(strata[rows])[1].astype(strata.dtype)


def _deal(strata: Codes, sizes: list[int], rng: np.random.Generator) -> Codes:
    """Return the part of each row, so that every part has its size and its share of each class."""
    table = allot(np.bincount(strata), sizes)
    order = rng.permutation(len(strata))
    by_class = np.argsort(strata[order], kind="stable")  # random within
    parts = np.repeat(np.tile(np.arange(len(sizes), dtype=np.int8), len(table)), table.ravel())
    part_of = np.empty(len(strata), np.int8)
    for block in blocks(len(strata), 1):
        part_of[order[by_class[block]]] = parts[block]
    return part_of


def _require_groups(found: int, needed: int, parts: list[str]) -> None:
    if found < needed:
        raise DataError(
            f"`data.group`: there are {found} groups, but {' and '.join(parts)} need {needed}; a group is "
            "never in two parts."
        )


def absent_classes(parts: Mapping[str, Indices], strata: Codes, classes: Classes) -> tuple[str, ...]:
    """Say which classes have rows in some parts but not in others."""
    notes = []
    for part, rows in parts.items():
        present = np.bincount(strata[rows], minlength=len(classes))
        absent = [str(label) for label, count in zip(classes.tolist(), present, strict=True) if count == 0]
        if absent and part != UNUSED:
            where = f"{part} and cannot be learned" if part == "train" else part
            notes.append(f"classes without a row in {where}: {listed(absent)}.")
    return tuple(notes)
