"""Which gaps there are, which of them are high, and how sure that is: the definitions of the recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dlrecipe.recipe.combination import Combination, Measured, Part, measure
from dlrecipe.results import Diagnosis, Figures, Gap

if TYPE_CHECKING:
    from collections.abc import Mapping

SLACK = 1e-9  # rounding of the errors' decimal figures must not decide: 0.10 − 0.08 is not above 0.02
CERTAIN = 0.975  # as sure as a 95 % interval that leaves the threshold on one side

HumanBound = Literal["below", "above train", "refuted"]


class Ruler(NamedTuple):
    """What a gap is held against: the two thresholds, and the errors with their intervals."""

    tolerance: float
    share: float
    excess: Combination
    errors: Mapping[Part, Measured]


def judge(figures: Figures, tolerance: float, share: float) -> Diagnosis:
    """Return the verdict for `figures`, yet without suggestions and notes.

    What is random: in the bias the train error, in the variance the error on new examples (the train
    error is the model's own and known), in the mismatch both. The share of the excess also moves with the
    dev error; where the dev size is unknown that error counts as exact there.
    """
    human = figures.human_error or 0.0
    ruler = Ruler(tolerance, share, Combination({"dev": 1.0}, -human), measure(figures))
    gaps = {
        name: _gap(raw, judged, ruler) for name, (raw, judged) in _gaps(figures, human, tolerance).items()
    }
    high = [f"high {name}" for name, gap in gaps.items() if gap.level == "high"]
    return Diagnosis(
        verdict=" and ".join(high) or "low bias and low variance",
        bias=gaps["bias"],
        variance=gaps["variance"],
        mismatch=gaps.get("mismatch"),
        human_error=human,
        human_error_given=figures.human_error is not None,
        tolerance=tolerance,
        share=share,
        suggestions=(),
        notes=(),
        figures=figures,
    )


def human_bound(figures: Figures, tolerance: float) -> HumanBound:
    """Return how the human error stands to the measured ones.

    `refuted`: the dev error is below it by more than the tolerance and more than chance allows, so it was
    no bound. `above train`: training went below it, which fits noise. `below`: as it should be.
    """
    human = figures.human_error or 0.0
    interval = measure(figures)["dev"].interval
    chance = interval is not None and human <= interval[1]
    if human - figures.dev_error > tolerance + SLACK and not chance:
        return "refuted"
    return "above train" if figures.train_error < human else "below"


def _gaps(figures: Figures, human: float, tolerance: float) -> dict[str, tuple[Combination, Combination]]:
    """Return each gap's raw and judged form, by name, in the order of the verdict."""
    only_human_gains = human_bound(figures, tolerance) == "above train"
    fresh: Part = "dev" if figures.train_dev_error is None else "train_dev"
    bias = Combination({"train": 1.0}, -human)
    variance = Combination({fresh: 1.0}, -figures.train_error)
    judged = Combination({fresh: 1.0}, -human) if only_human_gains else variance
    gaps = {"bias": (bias, bias), "variance": (variance, judged)}
    if figures.train_dev_error is not None:
        mismatch = Combination({"dev": 1.0, "train_dev": -1.0})
        beyond_human = only_human_gains and figures.train_dev_error < human
        gaps["mismatch"] = (mismatch, Combination({"dev": 1.0}, -human) if beyond_human else mismatch)
    return gaps


def _gap(raw: Combination, judged: Combination, ruler: Ruler) -> Gap:
    """Return the gap, judged against both thresholds."""
    conditions = (
        judged.above(ruler.tolerance + SLACK, ruler.errors),
        judged.minus(ruler.excess, ruler.share).above(-SLACK, ruler.errors),
    )
    high = all(condition.holds for condition in conditions)
    gap = Gap("high" if high else "low", raw.estimate(ruler.errors), judged.estimate(ruler.errors))
    if not (raw.sized(ruler.errors) and judged.sized(ruler.errors)):
        return gap
    probability = min(condition.probability for condition in conditions)
    confidence = probability if high else 1 - probability
    return Gap(gap.level, gap.gap, gap.judged, raw.interval(ruler.errors), confidence, confidence >= CERTAIN)
