"""Figures on the command line: errors as people write them, `1%` or `0.01`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.results import Diagnosis

Figures = dict[str, Any]
"""What was given, by the parameter of `experiments.diagnose` it is for; errors and thresholds as texts."""

FRACTIONS = ("train_error", "dev_error", "human_error", "train_dev_error", "tolerance", "share")
REQUIRED = ("train_error", "dev_error")

_PARAMETER = re.compile(r"\b(train|dev|human|train_dev)_(error|size)\b|^(tolerance|share)\b")


def require_one_request(run: str | None, figures: Figures) -> None:
    """See that either a run is diagnosed or figures are.

    Raises:
        UsageError: Both are asked for, or half of the figures.
    """
    if figures and run is not None:
        given = ", ".join(map(_option, figures))
        raise UsageError(
            f"Give either a run or figures, not both: {run} and {given}. A run has its own errors and sizes; "
            "its human error and thresholds are in the recipe section of its config."
        )
    missing = [name for name in REQUIRED if name not in figures]
    if figures and missing:
        raise UsageError(
            f"Figures need {' and '.join(map(_option, missing))} as well, as in: "
            "dlrecipe diagnose --train-error 1% --dev-error 11%"
        )


def diagnose_figures(figures: Figures) -> Diagnosis:
    """Return the verdict for figures.

    Raises:
        UsageError: A text is no fraction or may mean two, or a figure is out of its range; all at once.
    """
    from dlrecipe import experiments

    values = {**figures, **_fractions(figures)}
    try:
        return experiments.diagnose(**values)
    except UsageError as error:
        raise UsageError(*map(_in_options, error.messages)) from None


def _fractions(figures: Mapping[str, str]) -> dict[str, float]:
    from dlrecipe.config import parse_fraction

    fractions = {}
    problems = []
    for name in FRACTIONS:
        try:
            if name in figures:
                fractions[name] = parse_fraction(figures[name])
        except ValueError as error:
            problems.append(f"{_option(name)} {error}")
    if problems:
        raise UsageError(*problems)
    return fractions


def _in_options(message: str) -> str:
    """Return a message about parameters with the options that were typed for them."""
    return _PARAMETER.sub(lambda found: _option(found[0]), message)


def _option(parameter: str) -> str:
    return f"--{parameter.replace('_', '-')}"
