"""Which figures can be judged: errors and sizes that make sense, alone and together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from dlrecipe.results import Figures

MOST_EXAMPLES = 10**15
LARGEST_ERROR = 1e12
"""Beyond both, an error's interval is nothing but rounding."""


def check_figures(figures: Figures, tolerance: float, share: float) -> None:
    """Refuse figures and thresholds that no verdict can be made from.

    Raises:
        UsageError: One message for each of them.
    """
    problems = [*_errors(figures), *_sizes(figures)]
    if not 0 <= tolerance < math.inf:
        problems.append(f"tolerance must be a fraction of 0 or more, such as 0.02. Got {tolerance}.")
    if not 0 <= share <= 1:
        problems.append(f"share must be a fraction between 0 and 1, such as 0.15. Got {share}.")
    if problems:
        raise UsageError(*problems)


def _errors(figures: Figures) -> list[str]:
    """Return what is wrong with the errors."""
    errors = {
        "train_error": figures.train_error,
        "dev_error": figures.dev_error,
        "human_error": figures.human_error,
        "train_dev_error": figures.train_dev_error,
    }
    if figures.task == "classification":
        most, allowed = 1.0, "a fraction between 0 and 1 (0.05 is 5 %; for regression it may be more)"
    else:
        most, allowed = LARGEST_ERROR, f"between 0 and {LARGEST_ERROR:g} (mean squared error / variance)"
    return [
        f"{name} must be {allowed}. Got {error}."
        for name, error in errors.items()
        if error is not None and not (0 <= error <= most and math.isfinite(error))
    ]


def _sizes(figures: Figures) -> list[str]:
    """Return what is wrong with the sizes."""
    sizes = {
        "train_size": figures.train_size,
        "dev_size": figures.dev_size,
        "train_dev_size": figures.train_dev_size,
    }
    problems = [
        f"{name} must be between 1 and {MOST_EXAMPLES:,} examples. Got {size}."
        for name, size in sizes.items()
        if size is not None and not 1 <= size <= MOST_EXAMPLES
    ]
    if figures.train_dev_size is not None and figures.train_dev_error is None:
        problems.append("train_dev_size says how many examples are behind train_dev_error, which is missing.")
    return problems
