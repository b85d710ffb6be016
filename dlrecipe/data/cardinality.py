"""Columns of many different texts: names, identifiers and free text, which no other row shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.raw import Coded, Indices, RawTable

MOST_CATEGORIES = 1000
"""Different texts of a column, each of which is an input of its own; more are refused."""

MANY_CATEGORIES = 50
"""Different texts above which a note says how many inputs a column becomes."""

_FEW = 10  # texts that may well all be different in a handful of rows


def names_rows(coded: Coded, rows: Indices) -> bool:
    """Whether texts rather name a row than say what it has in common with others: most are there once."""
    codes = coded.codes[rows]
    present = codes[codes >= 0]
    different = int(np.count_nonzero(np.bincount(present, minlength=1)))
    return different > max(_FEW, len(present) / 2)


def require_few(table: RawTable) -> None:
    """Refuse columns of names and identifiers, each of which would become thousands of inputs.

    Raises:
        DataError: A column of texts has more than 1,000 different ones.
    """
    many = {name: coded.levels for name, coded in table.texts.items() if len(coded.levels) > MOST_CATEGORIES}
    if many:
        raise DataError(
            *(
                f"{table.origin}: text column `{name}` has {len(levels):,} different texts, as "
                f"{levels[0]!r}; each would be an input of its own, and at most {MOST_CATEGORIES:,} are "
                f"taken. Leave the column out with `data.drop: [{name}]`, or merge rare texts."
                for name, levels in many.items()
            )
        )


def cardinality_notes(table: RawTable, inputs: Inputs, rows: Indices) -> tuple[str, ...]:
    """Say which columns of texts become many inputs, or seem to name the rows."""
    notes = []
    for name, categories in inputs.categories.items():
        named = names_rows(table.texts[name], rows)
        if not named and len(categories) <= MANY_CATEGORIES:
            continue
        because = "most of them in one training row only, as of names or free text" if named else "many"
        notes.append(
            f"{table.origin}: text column `{name}` has {len(categories):,} different texts, {because}; each "
            f"becomes an input of its own. `data.drop: [{name}]` leaves the column out."
        )
    return tuple(notes)
