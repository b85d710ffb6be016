"""The loop's last words: why it ended, and what only a human can do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.texts import count, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.results import Diagnosis
    from dlrecipe.results.improvement import Ending


def reason(ending: Ending, trainings: int, diagnosis: Diagnosis, limit: str) -> str:
    """Return why the loop ended, in a sentence.

    Args:
        ending: Why.
        trainings: How many there were.
        diagnosis: Of the best run.
        limit: The minutes or the target error as words, where they ended it.
    """
    dev = percent(diagnosis.figures.dev_error)
    return {
        "trainings": f"All {count(trainings, 'training')} are used up.",
        "minutes": f"The time is used up ({limit}).",
        "target": f"The dev error of {dev} reaches the target of {limit}.",
        "attained": f"The dev error of {dev} is not above the human error of "
        f"{percent(diagnosis.human_error)}: nothing is left to gain.",
        "exhausted": "Nothing is left to try: every suggestion and every neighbouring setting was tried.",
        "interrupted": f"Interrupted after {count(trainings, 'training')}; it can go on from there.",
    }[ending]


def next_for_humans(diagnosis: Diagnosis) -> tuple[str, ...]:
    """Return what no change of the config can bring, most needed first."""
    return tuple(_next(diagnosis))


def _next(diagnosis: Diagnosis) -> Iterator[str]:
    figures = diagnosis.figures
    high = {name for name, gap in diagnosis.gaps.items() if gap.level == "high"}
    if "bias" in high and not diagnosis.human_error_given:
        yield (
            f"Find out what error is possible: nobody said, so all {percent(figures.train_error)} of train "
            "error count as avoidable. Label some examples yourself, and set recipe.human_error."
        )
    for suggestion in diagnosis.suggestions:
        if suggestion.patch is None and suggestion.command is None:
            yield f"{suggestion.title}: {suggestion.because}"
    if not high:
        yield "Measure the best run once on the test part: dlrecipe evaluate."
