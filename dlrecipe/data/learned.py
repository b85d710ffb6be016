"""Learn from the training rows how a file becomes what the network sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data.cardinality import cardinality_notes
from dlrecipe.data.distinct import distinct
from dlrecipe.data.encoder import Encoder
from dlrecipe.data.expansion import Expansion
from dlrecipe.data.labels import Labels
from dlrecipe.data.learning import learn_inputs
from dlrecipe.data.normalize import moments
from dlrecipe.data.policies import policies
from dlrecipe.data.raw import RawTable, listed
from dlrecipe.data.target import quantities
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.inputs import Inputs
    from dlrecipe.data.plan import Plan
    from dlrecipe.data.raw import Floats, Indices
    from dlrecipe.data.understood import Source


def learn_encoder(plan: Plan, source: Source, rows: Indices) -> tuple[Encoder, tuple[str, ...]]:
    """Learn the encoding from the training rows."""
    missing = policies(plan.missing)
    inputs = learn_inputs(source.table, rows, missing, plan.missing_indicator)
    mean, scale, notes = _statistics(source.table, inputs, rows)
    notes += cardinality_notes(source.table, inputs, rows) + _date_notes(inputs)
    if not plan.normalize:
        mean, scale = np.zeros(inputs.width), np.ones(inputs.width)
    labels = _learn_labels(source, rows)
    return Encoder(inputs, mean, scale, labels, missing, plan.group or "", plan.time or ""), notes


def _date_notes(inputs: Inputs) -> tuple[str, ...]:
    if not inputs.dates:
        return ()
    cycles = (
        "year, the week and the day" if any(c.timed for c in inputs.dates.values()) else "year and the week"
    )
    return (f"dates, taken as days since 1970-01-01 and places in the {cycles}: {listed([*inputs.dates])}.",)


def _statistics(table: RawTable, inputs: Inputs, rows: Indices) -> tuple[Floats, Floats, tuple[str, ...]]:
    expansion = Expansion(inputs, table)
    columns = moments(lambda: (block for _, block in expansion.blocks(rows)), len(rows))
    if not np.isfinite(columns.deviation).all():
        broken = inputs.columns[~np.isfinite(columns.deviation)]
        raise DataError(
            f"{table.origin}: the values of {listed(broken)} are too large to take a mean of. Rescale them."
        )
    constant = inputs.columns[columns.constant]
    notes = (f"constant in the training rows, so of no use: {listed(constant)}.",) if constant.size else ()
    return columns.mean, columns.scale, notes


def _learn_labels(source: Source, rows: Indices) -> Labels:
    """Check that the training rows have something to learn; scale a regression's target by them."""
    table, labels = source.table, source.labels
    if labels.classes is not None and source.strata is not None:
        present = distinct(source.strata[rows])
        if len(present) < 2:
            raise DataError(
                f"{table.origin}: every training row is of class `{labels.classes[present[0]]}`; there is "
                "nothing to learn."
            )
        return labels
    target = quantities(table, rows)[:, np.newaxis]
    column = moments(lambda: [target], len(rows))
    if column.constant[0] or not np.isfinite(column.deviation[0]):
        problem = (
            f"is {target[0, 0]:g} in every training row"
            if column.constant[0]
            else "has values that are too large"
        )
        raise DataError(f"{table.origin}: the target `{labels.name}` {problem}; there is nothing to learn.")
    return Labels(labels.source, labels.name, None, float(column.mean[0]), float(column.deviation[0]))
