"""What a dev set of this size can tell, and whether the judgement has something to measure against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe import smallest_gap
from dlrecipe.recipe.texts import percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey

USUAL = {"classification": 0.05, "regression": 0.5}
"""Error that is supposed before anything is known."""
BLIND = 5.0
"""Smallest visible gap, in tolerances, from which a verdict will mostly be uncertain."""


def look_at_dev_size(survey: Survey) -> Iterator[Finding]:
    """Yield the smallest gap that this dev set can show."""
    if "dev" not in survey.parts:
        return
    n, recipe = len(survey.parts["dev"]), survey.config.recipe
    error = recipe.human_error if recipe.human_error is not None else USUAL[survey.task]
    error = max(error, recipe.tolerance)
    gap = smallest_gap(error, n, survey.task)
    blind = gap > BLIND * recipe.tolerance
    tells = f"From an error of {percent(error)} on, {n:,} dev examples show a gap of {percent(gap)}"
    doubt = ", so expect verdicts that are not certain." if blind else "."
    yield Finding(
        "dev_resolution",
        "warning" if blind else "info",
        f"The smallest gap that dev can show is about {percent(gap)}",
        f"{tells} four times in five; smaller ones stay within the 95 % interval. A gap counts as high from "
        f"{percent(recipe.tolerance)} on{doubt}",
    )
