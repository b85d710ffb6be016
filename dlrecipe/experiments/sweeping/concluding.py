"""What a sweep found, and what its best dev error is worth after it was the best of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dlrecipe.experiments.run import open_run
from dlrecipe.recipe.selection import corrected_for_choice
from dlrecipe.results.sweep import SweepResult
from dlrecipe.runs import RunFolder, write_text

if TYPE_CHECKING:
    from dlrecipe.experiments.sweeping.attempts import Outcome
    from dlrecipe.experiments.sweeping.searching import Search
    from dlrecipe.results import Honesty

BEST = "best.yaml"
"""The best config, in the study's folder."""


def conclude(search: Search, stopped: Literal["finished", "interrupted"]) -> SweepResult:
    """Return what was found so far, and write the best config."""
    trials, outcomes = search.done(), search.outcomes
    folder, best = search.study.folder.path, _best(outcomes)
    found = None if best is None else outcomes[best]
    if found is not None and found.run is not None:
        write_text(folder / BEST, RunFolder(found.run).config.read_text(encoding="utf-8"))
    return SweepResult(
        best=None if found is None else str(found.run),
        trials=trials,
        method=search.chooser.sweep.method,
        study=str(folder),
        best_config=None if found is None else str(folder / BEST),
        patch={} if best is None else search.chooser.chosen[best],
        dev_error=None if found is None else found.dev_error,
        train_error=None if found is None else found.train_error,
        verdict=None if found is None else found.verdict,
        stopped=stopped,
        seconds=sum(outcome.seconds for outcome in outcomes.values()),
        honesty=None if found is None else _honesty(found, outcomes),
    )


def _best(outcomes: dict[int, Outcome]) -> int | None:
    """Return the number of the finished trial of the lowest dev error; of equal ones, the lowest dev loss."""
    finished = [at for at, outcome in outcomes.items() if outcome.status == "finished"]
    return min(finished, key=lambda at: (outcomes[at].dev_error, outcomes[at].dev_loss, at), default=None)


def _honesty(best: Outcome, outcomes: dict[int, Outcome]) -> Honesty | None:
    """Return what the choice cost, among the trials on the same dev examples."""
    if best.errors is None or best.run is None:
        return None
    rivals = [outcomes[at] for at in sorted(outcomes) if outcomes[at].dev_set == best.dev_set]
    errors = [rival.errors for rival in rivals if rival.errors is not None]
    chosen = next(at for at, rival in enumerate(rivals) if rival is best)
    return corrected_for_choice(errors, chosen, open_run(best.run).result.task)
