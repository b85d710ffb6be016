"""What is there: rows, columns, classes, missing cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.data import missing_cells, policies
from dlrecipe.data.raw import listed
from dlrecipe.experiments.checks.remedies import leave_out
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey

MOSTLY_MISSING = 0.5

_TREATED = {
    "drop": "cost their rows",
    "error": "are refused",
    "mean": "become the training rows' mean",
    "median": "become the training rows' median",
}


def look_at_shape(survey: Survey) -> Iterator[Finding]:
    """Yield the size of the data, and what of them is missing."""
    yield _size(survey)
    yield from _missing(survey)


def _size(survey: Survey) -> Finding:
    table = survey.parts["train"].table
    texts = f" ({count(len(table.texts), 'text')})" if table.texts else ""
    kind = f"{len(survey.classes):,} classes" if survey.classes else "a regression"
    title = f"{count(len(table), 'row')}, {count(len(table.names), 'input column')}{texts}, {kind}"
    parts = ", ".join(f"{name} {len(part):,}" for name, part in survey.parts.items())
    network = ""
    if survey.prepared:
        problem = survey.prepared.problem
        sizes = "-".join(map(str, problem.network.sizes))
        network = f" The network is {sizes}: {problem.network.layout.size:,} parameters."
    return Finding("shape", "info", title, f"Parts: {parts}.{network}")


def _missing(survey: Survey) -> Iterator[Finding]:
    table, treated = survey.parts["train"].table, policies(survey.config.data.missing)
    gaps = missing_cells(table)
    if not gaps:
        return
    worst = max(gaps, key=gaps.__getitem__)
    figures = (
        f"{count(sum(gaps.values()), 'cell')} of {listed(list(gaps))} are missing; most in `{worst}`, "
        f"{percent(gaps[worst] / len(table))} of its rows."
    )
    does = {treated.of(name) for name in gaps}
    if "error" in does and survey.refusals:
        yield Finding(
            "missing_cells",
            "problem",
            f"{count(len(gaps), 'column')} with missing cells, which a training refuses",
            f"{figures} `data.missing` says what such a cell does.",
            "data.missing: median",
        )
    else:
        ways = " or ".join(_TREATED[way] for way in sorted(does))
        yield Finding(
            "missing_cells",
            "info",
            f"Missing cells in {count(len(gaps), 'column')} {ways}",
            figures,
        )
    empty = [name for name, cells in gaps.items() if cells > MOSTLY_MISSING * len(table)]
    if empty:
        yield Finding(
            "mostly_missing",
            "warning",
            f"More than half of {listed(empty)} is missing",
            "What is filled in outweighs what was measured; under `drop` these columns cost most rows.",
            leave_out(survey.config, empty),
        )
