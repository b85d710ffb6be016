"""A first look at a file: which of its columns name its rows, so that nothing can be learned from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import sources
from dlrecipe.data.cardinality import MOST_CATEGORIES, names_rows
from dlrecipe.data.distinct import distinct
from dlrecipe.data.raw import Wanted
from dlrecipe.data.sources.on_disk import OnDisk

if TYPE_CHECKING:
    from dlrecipe.data.raw import Numbers, RawTable

_NUMBERING = re.compile(
    r"column\d+|(.*[\W_])?(id|idx|index|uuid|row|key|nr|no|number)|.*[a-z](ID|Id)", re.DOTALL
)
"""Names of columns that count or name rows; one without a name is called `column1`."""


def row_names(source: str, target: str | None) -> tuple[str, ...]:
    """Return the columns that name the rows: identifiers, free text, numberings.

    These are texts most of which are there once only, or of more than 1,000 kinds, and whole numbers, all of
    them different, of a column that is called like an identifier. Where no input would be left, none is.

    Raises:
        DataError: The file cannot be read, or has no such target.
    """
    table = sources.read(source, Wanted(target))
    rows = np.arange(len(table))
    named = {
        name
        for name, coded in table.texts.items()
        if len(coded.levels) > MOST_CATEGORIES or names_rows(coded, rows)
    }
    named |= _numberings(table)
    found = tuple(name for name in table.names.tolist() if name in named)
    return found if len(found) < len(table.names) else ()


def _numberings(table: RawTable) -> set[str]:
    if isinstance(table.numbers, OnDisk):
        return set()
    return {
        name
        for place, name in enumerate(table.number_names.tolist())
        if name not in table.dates and _is_called_so(name) and _numbers_rows(table.numbers[:, place])
    }


def _is_called_so(name: str) -> bool:
    return bool(_NUMBERING.fullmatch(name) or _NUMBERING.fullmatch(name.lower()))


def _numbers_rows(values: Numbers) -> bool:
    whole = np.isfinite(values).all() and (values == np.floor(values)).all()
    return bool(whole) and len(distinct(values)) == len(values)
