"""Whether backprop agrees with two-sided differences, on a few examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.experiments.checks.first_theta import first_theta
from dlrecipe.experiments.gradchecking import Checker
from dlrecipe.recipe.texts import count
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey

SLICE = 20
"""Examples of the gradient check."""
MOST_PARAMETERS = 300_000
"""Parameters above which the gradient check is left to its own command."""


def look_at_gradient(survey: Survey) -> Iterator[Finding]:
    """Yield whether backprop agrees with two-sided differences on a few examples."""
    prepared = survey.prepared
    if prepared is None:
        return
    parameters = prepared.problem.network.layout.size
    if parameters > MOST_PARAMETERS:
        yield Finding(
            "gradient",
            "info",
            "The gradient was not checked",
            f"{parameters:,} parameters take a while; `dlrecipe gradcheck` checks them all.",
        )
        return
    found = Checker(prepared, SLICE, 1e-7, "fast", with_dropout=False).check(
        first_theta(prepared), "initialization", 0
    )
    figures = (
        f"The relative difference of backprop and two-sided differences is {found.difference:.1e} over "
        f"{count(parameters, 'parameter')} and {count(min(SLICE, prepared.problem.m), 'example')}"
    )
    if found.passed:
        yield Finding("gradient", "info", "The gradient is right", f"{figures}; up to 1e-7 is great.")
    else:
        yield Finding(
            "gradient",
            "problem",
            "The gradient disagrees with two-sided differences",
            f"{figures}, above 1e-5. See the blocks with `dlrecipe gradcheck`.",
        )
