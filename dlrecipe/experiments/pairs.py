"""The best run against each other one: paired where both have the same dev examples."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dlrecipe.recipe.intervals import combine, error_interval
from dlrecipe.recipe.multiplicity import holm
from dlrecipe.recipe.pairing import mcnemar, paired_interval
from dlrecipe.recipe.resampling import paired_bootstrap
from dlrecipe.recipe.telling import different, examples_to_tell, pooled_variance
from dlrecipe.results import Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dlrecipe.experiments.run import Run

    Floats = NDArray[np.float64]

CHANCE = 0.05


@dataclass(frozen=True)
class Contender:
    """A run with its dev examples' errors.

    Attributes:
        run: The run.
        dev_set: Runs of the same number have the same dev examples; None where the data are gone.
        errors: Each example's error; None likewise.
    """

    run: Run
    dev_set: int | None
    errors: Floats | None


def judge_pairs(contenders: Sequence[Contender], tests: int) -> tuple[Pair, ...]:
    """Compare the first run with each of the others.

    Args:
        contenders: The best run first.
        tests: How many comparisons there could have been.
    """
    best, *others = contenders
    pairs = [_compare(best, other, tests) for other in others]
    corrected = holm([pair.p for pair in pairs], tests)
    return tuple(_judged(pair, p) for pair, p in zip(pairs, corrected, strict=True))


def _judged(pair: Pair, p: float) -> Pair:
    if p < CHANCE:
        return replace(pair, p_corrected=p, judgement="better", examples_to_tell=None)
    return replace(pair, p_corrected=p)


def _compare(best: Contender, other: Contender, tests: int) -> Pair:
    same = best.dev_set is not None and best.dev_set == other.dev_set
    if not same or best.errors is None or other.errors is None:
        return _unpaired(best, other, tests)
    if best.run.result.task == "regression":
        return _paired_regressions(best, other, other.errors - best.errors, tests)
    return _paired_classifications(best, other, other.errors.astype(bool), best.errors.astype(bool), tests)


def _paired_classifications(
    best: Contender,
    other: Contender,
    other_wrong: NDArray[np.bool_],
    best_wrong: NDArray[np.bool_],
    tests: int,
) -> Pair:
    n, both = len(best_wrong), int((best_wrong & other_wrong).sum())
    only_best, only_other = int(best_wrong.sum()) - both, int(other_wrong.sum()) - both
    difference, apart = (only_other - only_best) / n, (only_other + only_best) / n
    sd = math.sqrt(max(0.0, apart - difference * difference))
    return Pair(
        best=str(best.run.folder),
        other=str(other.run.folder),
        difference=difference,
        interval=paired_interval(both, only_other, only_best, n),
        test="mid-p McNemar",
        p=mcnemar(only_best, only_other),
        p_corrected=1.0,
        judgement="no evidence of a difference",
        only_best_wrong=only_best,
        only_other_wrong=only_other,
        examples_to_tell=examples_to_tell(difference, math.sqrt(apart), sd, tests),
    )


def _paired_regressions(best: Contender, other: Contender, differences: Floats, tests: int) -> Pair:
    interval, p = paired_bootstrap(differences)
    difference, sd = float(differences.mean()), float(differences.std())
    return Pair(
        best=str(best.run.folder),
        other=str(other.run.folder),
        difference=difference,
        interval=interval,
        test="paired bootstrap",
        p=p,
        p_corrected=1.0,
        judgement="no evidence of a difference",
        only_best_wrong=None,
        only_other_wrong=None,
        examples_to_tell=examples_to_tell(difference, sd, sd, tests),
    )


def _unpaired(best: Contender, other: Contender, tests: int) -> Pair:
    """Compare errors of different examples: what they have in common cannot be taken out."""
    one, two = other.run.result.dev, best.run.result.dev
    task = best.run.result.task
    intervals = [error_interval(score.error, score.examples, task, score.error_sd) for score in (one, two)]
    apart = one.error_sd**2 / one.examples + two.error_sd**2 / two.examples
    null = apart
    if task == "classification":
        null = pooled_variance(one.error, one.examples, two.error, two.examples)
    sd = math.sqrt(one.error_sd**2 + two.error_sd**2)
    difference = one.error - two.error
    return Pair(
        best=str(best.run.folder),
        other=str(other.run.folder),
        difference=difference,
        interval=combine((1, -1), (one.error, two.error), intervals),
        test="unpaired",
        p=different(one.error, two.error, null),
        p_corrected=1.0,
        judgement="no evidence of a difference",
        only_best_wrong=None,
        only_other_wrong=None,
        examples_to_tell=examples_to_tell(difference, sd, sd, tests),
    )
