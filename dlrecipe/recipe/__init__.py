"""Errors in, diagnosis and suggestions out: pure functions, without files, screens or training."""

from dlrecipe.recipe.evidence import Evidence
from dlrecipe.recipe.figures import LARGEST_ERROR
from dlrecipe.recipe.intervals import error_interval, wilson
from dlrecipe.recipe.resolution import smallest_gap
from dlrecipe.recipe.verdict import SHARE, TOLERANCE, diagnose

__all__ = [
    "LARGEST_ERROR",
    "SHARE",
    "TOLERANCE",
    "Evidence",
    "diagnose",
    "error_interval",
    "smallest_gap",
    "wilson",
]
