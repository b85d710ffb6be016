"""Errors in, diagnosis and suggestions out: pure functions, without files, screens or training."""

from dlrecipe.recipe.evidence import Evidence
from dlrecipe.recipe.intervals import error_interval, wilson
from dlrecipe.recipe.verdict import SHARE, TOLERANCE, diagnose

__all__ = ["SHARE", "TOLERANCE", "Evidence", "diagnose", "error_interval", "wilson"]
