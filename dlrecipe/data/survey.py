"""A first look at a file: which of its columns name its rows or are empty, so that they teach nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import sources
from dlrecipe.data.cardinality import MOST_CATEGORIES, names_rows
from dlrecipe.data.distinct import distinct
from dlrecipe.data.raw import Wanted
from dlrecipe.data.sources.on_disk import OnDisk
from dlrecipe.data.sources.roles import DEFAULT_TARGETS

if TYPE_CHECKING:
    from dlrecipe.data.raw import Mask, Numbers, RawTable

_NUMBERING = re.compile(
    r"column\d+|(.*[\W_])?(id|idx|index|uuid|row|key|nr|no|number)|.*[a-z](ID|Id)", re.DOTALL
)
"""Names of columns that count or name rows; one without a name is called `column1`."""


HARDLY_ANY = 10
"""Filled cells below which the training rows may well have none."""

ITS_OWN = "each row has its own text or number there"
NOTHING = "hardly a cell is filled in there"


def useless_columns(source: str, target: str | None) -> dict[str, str]:
    """Return the columns from which nothing can be learned, each with the reason.

    These are identifiers, free text and numberings: texts most of which are there once only, or of more than
    1,000 kinds, and whole numbers, all of them different, of a column that is called like an identifier.
    And those that are empty but for a few cells. Where no input would be left, none is. Before them come
    columns of lists, structs and other types that no input can have.

    Raises:
        DataError: The file cannot be read, or has no such target.
    """
    labels = DEFAULT_TARGETS if target is None else (target,)
    types = {name: kind for name, kind in sources.no_inputs(source).items() if name not in labels}
    unfit = dict.fromkeys(types, f"no input can be of the type {' or '.join(dict.fromkeys(types.values()))}")
    table = sources.read(source, Wanted(target, drop=tuple(unfit)))
    reasons = {**_of_texts(table), **_of_numbers(table)}
    found = {name: reasons[name] for name in table.names.tolist() if name in reasons}
    return {**unfit, **(found if len(found) < len(table.names) else {})}


def _of_texts(table: RawTable) -> dict[str, str]:
    rows, reasons = np.arange(len(table)), {}
    for name, coded in table.texts.items():
        if len(coded.levels) > MOST_CATEGORIES or names_rows(coded, rows):
            reasons[name] = ITS_OWN
        elif _is_empty(coded.codes < 0):
            reasons[name] = NOTHING
    return reasons


def _of_numbers(table: RawTable) -> dict[str, str]:
    if isinstance(table.numbers, OnDisk):
        return {}
    reasons = {}
    for place, name in enumerate(table.number_names.tolist()):
        values = table.numbers[:, place]
        gaps = np.isnan(values)
        if _is_empty(gaps):
            reasons[name] = NOTHING
        elif name not in table.dates and _is_called_so(name) and _numbers_rows(values[~gaps]):
            reasons[name] = ITS_OWN
    return reasons


def _is_empty(gaps: Mask) -> bool:
    return bool(gaps.any()) and len(gaps) - int(np.count_nonzero(gaps)) < HARDLY_ANY


def _is_called_so(name: str) -> bool:
    return bool(_NUMBERING.fullmatch(name) or _NUMBERING.fullmatch(name.lower()))


def _numbers_rows(values: Numbers) -> bool:
    whole = np.isfinite(values).all() and (values == np.floor(values)).all()
    return bool(whole) and len(distinct(values)) == len(values)
