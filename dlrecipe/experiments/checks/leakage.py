"""Columns that tell the target almost alone: most often they were made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.data import raw_columns
from dlrecipe.experiments.checks.brief import fit_briefly
from dlrecipe.experiments.checks.one_column import class_error, is_copy, value_error
from dlrecipe.experiments.checks.remedies import leave_out
from dlrecipe.experiments.checks.views import views
from dlrecipe.experiments.prepare import lay_out
from dlrecipe.nn import ACTIVATIONS, Network, Penalty
from dlrecipe.recipe import wilson
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding
from dlrecipe.training import Examples, score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dlrecipe.data import RawColumn
    from dlrecipe.data.raw import Floats, Indices
    from dlrecipe.experiments.checks.survey import Survey
    from dlrecipe.experiments.checks.views import View
    from dlrecipe.experiments.prepare import Prepared

SUSPECT = 0.04
"""Of the error without any column, what a suspect leaves at most; a good honest column leaves a tenth."""
HONEST = 0.1
"""What a good honest column leaves; the suspect's interval must be below it."""
SUSPECT_VALUE, CLEAR_VALUE = 0.04, 0.02
"""The same for a regression, where smooth relations leave little; and what a clear leak leaves."""
TIMES = 5
"""How many times as wrong all other columns together must be."""
NOTHING = 0.002
"""Error from which on a few rows more or less decide."""
LEAST_ROWS, ENOUGH = 20, 75
"""Rows below which nothing can be told, and a good honest column may fit by luck: 0.95 ** 75 is 0.02."""


@dataclass(frozen=True)
class Suspect:
    """A column that tells the target.

    Attributes:
        name: Of the column.
        error: What it leaves to be told, a fraction.
        source: What of it tells, in words.
        rows: How many rows that was tried on.
        copy: Whether it is the class under other names.
        coded: Whether it has no more values than there are classes, each standing for one.
    """

    name: str
    error: float
    source: str
    rows: int
    copy: bool = False
    coded: bool = False


def look_for_leaks(survey: Survey) -> Iterator[Finding]:
    """Yield each column that tells the target almost alone, with how the other columns together do."""
    found = suspects(survey)
    if not found:
        return
    rest = _error_without(survey, [suspect.name for suspect in found])
    for suspect in found:
        yield _finding(survey, suspect, rest)


def suspects(survey: Survey) -> list[Suspect]:
    """Return the columns that tell the target almost alone."""
    sample, k = survey.answered, len(survey.classes)
    if len(sample) < LEAST_ROWS:
        return []
    y = sample.labels if k else sample.quantities
    columns = raw_columns(sample.table, sample.rows)
    return [suspect for column in columns if (suspect := _suspect(column, y, k))]


def _suspect(column: RawColumn, y: NDArray[Any], k: int) -> Suspect | None:
    """Return the first view of a column that tells the target."""
    for view in views(column.values):
        told = y[view.rows]
        if len(np.unique(told)) < 2:
            continue
        found = _tells_class(column.name, view, told, k) if k else _tells_value(column.name, view, told)
        if found:
            return found
    return None


def _tells_class(name: str, view: View, y: Indices, k: int) -> Suspect | None:
    error, copy = class_error(view.values, y, k), is_copy(view.values, y)
    base = 1 - float(np.bincount(y).max()) / len(y)
    certain = wilson(error, len(y))[1] <= HONEST * base
    coded = len(np.unique(view.values)) <= k
    tells = copy or (error <= SUSPECT * base and certain)
    return Suspect(name, error, view.source, len(y), copy, coded) if tells else None


def _tells_value(name: str, view: View, y: Floats) -> Suspect | None:
    error = value_error(view.values, y)
    return Suspect(name, error, view.source, len(y)) if error <= SUSPECT_VALUE else None


def _error_without(survey: Survey, names: Sequence[str]) -> float | None:
    """Return the dev error of a linear model on the other columns; None where that can't be tried."""
    if survey.prepared is None:
        return None
    prepared, inputs = survey.prepared, survey.prepared.dataset.encoder.inputs
    positions = [at for at, name in enumerate(inputs.names.tolist()) if name not in names]
    kept = [np.arange(inputs.starts[at], inputs.starts[at + 1]) for at in positions]
    if not kept:
        return None
    return _linear_dev_error(prepared, np.concatenate(kept), survey.config.seed)


def _linear_dev_error(prepared: Prepared, inputs: Indices, seed: int) -> float:
    dataset, given = prepared.dataset, prepared.problem.network
    network = Network((len(inputs), given.sizes[-1]), ACTIVATIONS["identity"], given.loss, Penalty(1.0))
    rng = np.random.default_rng(seed)
    parts = []
    for part in (dataset.train, dataset.dev):
        rows = np.sort(rng.permutation(len(part))[:5000])
        laid = lay_out(part, given, np.float64).rows(rows)
        parts.append(Examples(np.ascontiguousarray(laid.X[:, inputs]), laid.Y))
    theta = fit_briefly(network, parts[0], seed)
    return score(network, theta, parts[1]).error


def _finding(survey: Survey, suspect: Suspect, rest: float | None) -> Finding:
    names = f"Column `{suspect.name}`"
    rows, error = count(suspect.rows, "row"), percent(suspect.error)
    figures = f"From {suspect.source} alone the target of {rows} is told with an error of {error}"
    if rest is not None:
        figures += f"; a linear model of the columns that do not tell it has {percent(rest)} on dev"
    enough = suspect.rows >= ENOUGH
    clear = bool(survey.classes) or suspect.error <= CLEAR_VALUE
    alone = rest is not None and rest >= TIMES * max(suspect.error, NOTHING)
    title = f"{names} predicts the target almost alone"
    if suspect.copy:
        title = f"{names} is the target under another name"
    return Finding(
        "target_leak",
        "problem" if enough and (suspect.copy or suspect.coded or (clear and alone)) else "warning",
        title,
        f"{figures}. If it is only known once the target is, the model will fail where it is needed.",
        leave_out(survey.config, [suspect.name]),
    )
