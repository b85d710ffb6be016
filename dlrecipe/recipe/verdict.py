"""Errors in, diagnosis out: the recipe from end to end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.recipe.figures import check_figures
from dlrecipe.recipe.judging import judge
from dlrecipe.recipe.notes import notes
from dlrecipe.recipe.suggestions.table import suggest

if TYPE_CHECKING:
    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.results import Diagnosis, Figures

TOLERANCE = 0.02
SHARE = 0.15
CAVEAT = "training diverged, so that this says little about the network"


def diagnose(
    figures: Figures,
    evidence: Evidence | None = None,
    *,
    tolerance: float = TOLERANCE,
    share: float = SHARE,
    command: str | None = None,
) -> Diagnosis:
    """Judge bias, variance and mismatch, and suggest what to do next.

    Args:
        figures: The errors, as fractions, with the number of examples behind each where known.
        evidence: How the run went that they come from. With it, suggestions look for the cause and carry
            the settings to change; without, they are the lecture's, in its order.
        tolerance: A gap above this is high, a fraction, …
        share: … if it is also this share of dev error − human error.
        command: What a suggestion's settings are appended to, such as `dlrecipe train digits.yaml`.

    Raises:
        UsageError: Figures or thresholds that no verdict can be made from; evidence that lacks its history
            or the train size.

    Source: Ng, Improving Deep Neural Networks (bias and variance, the basic recipe); Machine Learning
        Yearning, chapters 20-43 (avoidable bias, data mismatch).
    """
    check_figures(figures, tolerance, share)
    if evidence is not None and not (evidence.history and figures.train_size):
        raise UsageError("Evidence of a run needs its history, and train_size among the figures.")
    if evidence is not None and evidence.selected:
        figures = replace(figures, selected=True)
    verdict = judge(figures, tolerance, share)
    advised = replace(verdict, suggestions=suggest(verdict, evidence, command))
    return replace(
        advised,
        notes=notes(advised, evidence),
        caveat=CAVEAT if evidence is not None and evidence.stopped == "diverged" else None,
    )
