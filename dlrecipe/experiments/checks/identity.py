"""Columns that name a row instead of describing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import crowded_texts
from dlrecipe.experiments.checks.remedies import leave_out
from dlrecipe.recipe.texts import count
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.data import RawColumn
    from dlrecipe.experiments.checks.survey import Survey

LEAST_ROWS = 20
"""Rows below which all different values are no surprise."""
DENSE = 1.05
"""Numbers there are for each row of the file up to which they look dealt out one by one."""
NEARLY_ALL = 0.95
"""Different texts for each row from which a column of texts names the rows."""
MANY = 0.2
"""Different texts for each row from which most of them are seen once or twice."""


_NAMES_A_ROW = re.compile(
    r"(^|[_\s.-])(id|ids|uuid|guid|index|idx|key|rownum|row|unnamed: ?0)$", re.IGNORECASE
)
_CAMEL = re.compile(r"[a-z](Id|ID)$")
_NAMES_A_GROUP = re.compile(
    r"^(patient|subject|person|user|customer|client|device|session|household|family|group|store|site|school)s?"
    r"([_\s.-]?(id|no|nr|number|code|name))?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def look_for_names(survey: Survey) -> Iterator[Finding]:
    """Yield columns that number or name the rows, and free text."""
    for column in survey.columns:
        finding = _of_texts(survey, column) if column.levels is not None else _of_numbers(survey, column)
        if finding:
            yield finding


def is_name(name: str) -> bool:
    """Whether a column's name says that it holds identifiers."""
    return bool(_NAMES_A_ROW.search(name) or _CAMEL.search(name) or _NAMES_A_GROUP.search(name))


def _of_numbers(survey: Survey, column: RawColumn) -> Finding | None:
    """Say whether whole numbers, each of them once, number the rows."""
    values = column.present
    if len(values) < LEAST_ROWS or (values != np.floor(values)).any() or len(np.unique(values)) < len(values):
        return None
    order = np.sign(np.diff(values))
    sorted_rows = abs(order.sum()) == len(order)
    span = values.max() - values.min() + 1
    dense = span <= DENSE * len(survey.sample.table)
    signs = [
        text
        for text, holds in (
            ("its name says so", is_name(column.name)),
            ("it runs along with the rows", sorted_rows),
            ("it leaves hardly a number out", dense),
        )
        if holds
    ]
    if not signs:
        return None
    return Finding(
        "id_column",
        "problem",
        f"Column `{column.name}` numbers the rows",
        f"It is a whole number, another one in each of {count(len(values), 'row')}, and "
        f"{', '.join(signs)}. A network learns it by heart, or finds in it how the file was made.",
        leave_out(survey.config, [column.name]),
    )


def _of_texts(survey: Survey, column: RawColumn) -> Finding | None:
    """Say whether hardly a text of a column appears twice: names, dates or sentences."""
    codes = column.present.astype(np.int64)
    different = len(np.unique(codes))
    crowded = column.name in crowded_texts(survey.sample.table)
    if not crowded and (len(codes) < LEAST_ROWS or different < MANY * len(codes)):
        return None
    texts = [column.levels[code] for code in codes[:200]] if column.levels else []
    kind, remedy = _kind(texts), leave_out(survey.config, [column.name])
    each = different >= NEARLY_ALL * len(codes)
    if kind == "dates":
        remedy = f"Turn `{column.name}` into numbers such as days since the first one, or l{remedy[1:]}"
    titles = {"names": "names the rows", "dates": "holds dates as texts", "sentences": "is free text"}
    return Finding(
        _id_of(kind) if each else "high_cardinality",
        "problem" if each or crowded else "warning",
        f"Column `{column.name}` {titles[kind] if each else f'has {different:,} different texts'}",
        f"{different:,} different texts in {count(len(codes), 'training row')}, such as {texts[0]!r}: each "
        "is an input of its own, 1 in a row or two and 0 elsewhere, which says nothing of new rows.",
        remedy,
    )


def _id_of(kind: str) -> str:
    return "id_column" if kind == "names" else "free_text"


def _kind(texts: list[str]) -> str:
    """Return what most of these texts are: `dates`, `sentences`, or else `names`."""
    if sum(bool(_DATE.match(text)) for text in texts) > len(texts) / 2:
        return "dates"
    return "sentences" if sum(text.count(" ") >= 3 for text in texts) > len(texts) / 2 else "names"
