"""What a reader of the verdict should know beside it: few sentences, each with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.judging import human_bound
from dlrecipe.recipe.settling import settle, threshold
from dlrecipe.recipe.texts import count, percent, percents, points, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.combination import Part
    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.results import Diagnosis

PART_NAMES: dict[Part, str] = {"train": "training", "train_dev": "train-dev", "dev": "dev"}


def notes(diagnosis: Diagnosis, run: Evidence | None) -> tuple[str, ...]:
    """Return the notes, the ones that change what the verdict means first."""
    return (
        *(() if run is None else _training(run)),
        *_human(diagnosis),
        *_doubts(diagnosis),
        *_measurement(diagnosis),
        *(() if run is None else _selection(run)),
        *_next(diagnosis, run),
    )


def _training(run: Evidence) -> Iterator[str]:
    """Say what is behind the figures where training did not end as planned."""
    if run.stopped == "diverged":
        yield (
            f"Training diverged in epoch {run.last_epoch}: J went from {short(run.history[0].cost)} to "
            f"{short(run.history[-1].cost)}. The figures are the last finite model's and say little about "
            "the network: repair the training first."
        )
    elif run.stopped == "interrupted":
        yield (
            f"Training was interrupted in epoch {run.last_epoch} of {run.settings.epochs}: "
            "`dlrecipe resume` goes on."
        )


def _human(diagnosis: Diagnosis) -> Iterator[str]:
    """Say what the human error does to the gaps."""
    figures, human = diagnosis.figures, percent(diagnosis.human_error)
    bound = human_bound(figures, diagnosis.tolerance)
    if not diagnosis.human_error_given:
        yield (
            "No human error is given, so 0 % is used and the bias is an upper bound: "
            "set recipe.human_error (or --human-error) to the best error thought possible."
        )
    elif bound == "refuted":
        yield (
            f"The dev error of {percent(figures.dev_error)} is below the human error of {human}, which "
            "is thus not the best possible: it is set aside, the gaps are judged as they are, and how large "
            "the bias is stays unknown. Set recipe.human_error (or --human-error) lower."
        )
    elif bound == "above train":
        yield (
            f"The train error of {percent(figures.train_error)} is below the human error of {human}: noise "
            "is being fitted. Only what lies above the human error can be gained, so the variance is judged "
            f"on that: {points(diagnosis.variance.judged)} of {points(diagnosis.variance.gap)}."
        )


def _doubts(diagnosis: Diagnosis) -> Iterator[str]:
    """Say of every level that is not certain what would settle it."""
    for name, gap in diagnosis.gaps.items():
        if gap.certain is not False:
            continue
        judged, above = percents(gap.judged, threshold(diagnosis))
        yield (
            f"The {name} of {judged} is {gap.level}, but not certain (probability "
            f"{percent(gap.confidence or 0.0)}): above {above} counts as high. "
            f"{_settling(diagnosis, name)}"
        )


def _settling(diagnosis: Diagnosis, name: str) -> str:
    """Return how many examples would settle the level of `name`, or why none do."""
    figures = diagnosis.figures
    sizes = {"train": figures.train_size, "train_dev": figures.train_dev_size, "dev": figures.dev_size}
    found = settle(diagnosis, name)
    parts = " and ".join(PART_NAMES[part] for part in found.parts)
    if found.size is not None:
        now = " and ".join(f"{sizes[part]:,}" for part in found.parts)
        return f"About {found.size:,} {parts} examples instead of {now} would settle it, at the same errors."
    if found.parts:
        return (
            f"No dev set settles it: the {count(sizes['train'] or 0, 'training example')} are what limits it."
        )
    return "It sits on the threshold: at the same errors no number of dev examples would settle it."


def _measurement(diagnosis: Diagnosis) -> Iterator[str]:
    """Say what is odd about the sets the errors were measured on."""
    figures = diagnosis.figures
    if figures.train_size is None and figures.dev_size is None:
        yield "Without --train-size and --dev-size nothing can be said about how certain this is."
    grain = 1 / figures.dev_size if figures.dev_size else 0.0
    counted = figures.task == "classification" and figures.dev_interval is None
    if counted and grain > diagnosis.tolerance > 0:
        yield (
            f"One mistake among {count(figures.dev_size or 0, 'dev example')} is {percent(grain)}, "
            f"more than the tolerance of {percent(diagnosis.tolerance)}: this dev set is too small for it."
        )
    sized, spread_known = figures.dev_size is not None, figures.dev_sd is not None
    if figures.task == "regression" and sized and not spread_known:
        yield "The intervals take the residuals to be normal, as only their mean square is known."
    gap = diagnosis.variance
    if gap.gap < -diagnosis.tolerance and (gap.interval is None or gap.interval[1] < 0):
        yield (
            f"The error on new examples is {points(-gap.gap)} below the train error: they are easier, "
            "or some of them were trained on. Check how the data were split."
        )


def _selection(run: Evidence) -> Iterator[str]:
    """Say that the dev error was also used to choose the model."""
    if run.selected and run.stopped != "diverged":
        yield (
            f"The dev error chose the model of epoch {run.best_epoch} among {run.last_epoch}, so it is "
            "slightly optimistic, which the intervals allow for; the test error is not."
        )


def _exhausted(diagnosis: Diagnosis, run: Evidence | None) -> Iterator[str]:
    """Say that no setting is expected to help, where that is so."""
    ranked = run is not None and run.stopped not in {"diverged", "interrupted"}
    treatable = "high" in {diagnosis.bias.level, diagnosis.variance.level}
    if ranked and treatable and all(suggestion.patch is None for suggestion in diagnosis.suggestions):
        yield (
            "No change of the settings is expected to lower the dev error by a point, going by many such "
            "runs: look at the examples it gets wrong, at the data and at the human error."
        )


def _next(diagnosis: Diagnosis, run: Evidence | None) -> Iterator[str]:
    """Say where to go when nothing is left to treat."""
    if any(gap.level == "high" for gap in diagnosis.gaps.values()):
        yield from _exhausted(diagnosis, run)
        return
    if run is None:
        yield "Nothing is high: check the model on test examples that no decision has looked at."
    elif run.stopped not in {"diverged", "interrupted"}:
        yield "Nothing is high: `dlrecipe evaluate` gives the test error, which no decision has looked at."
