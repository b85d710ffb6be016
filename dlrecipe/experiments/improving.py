"""`improve`: begin the recipe as a loop, or go on with it."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.experiments.limits import Limits
from dlrecipe.experiments.loop import Loop
from dlrecipe.experiments.studies import begun, gone_on_with, options_of
from dlrecipe.results.improvement import Improvement
from dlrecipe.runs import Purpose, RunFolder, read_result, read_study, whole_answer

if TYPE_CHECKING:
    from dlrecipe.config import Config
    from dlrecipe.experiments.loop import WatchSteps


def improve(
    config: Config,
    trainings: int = 12,
    *,
    runs: str | Path = "runs",
    minutes: float | None = None,
    target_error: float | None = None,
    workers: int = 1,
    watch: WatchSteps = iter,
) -> Improvement:
    """Train, and let the diagnosis say what to change, until nothing helps or a limit is reached.

    Args:
        config: From `load_config`.
        trainings: At most so many, this config's own among them.
        runs: The folder of runs; each training is a run, and the study has a folder beside them.
        minutes: At most so long.
        target_error: A dev error that is good enough, a fraction.
        workers: Candidates that are trained at once, each in a process of its own.
        watch: Gets the loop's progress and passes it on, as a live table does.

    Returns:
        What was done. One that the user interrupted says so, and `resume_improvement` goes on with it.

    Raises:
        UsageError: A limit that is none.
        DataError: The data are not what the config says; nothing is left behind.
        RunError: The folder cannot be written.
        StudyInterruptedError: The user interrupted the first training.
    """
    limits = Limits(trainings, minutes, target_error, workers)
    if config.recipe.metric != "error":  # candidates are told apart by their mistakes on single examples
        raise UsageError(
            "improve compares trainings example by example, which recipe.metric: error allows alone. Got "
            f"{config.recipe.metric}. Add -S recipe.metric=error."
        )
    with begun(runs, config, Purpose("improve", asdict(limits))) as study:
        return Loop(study, limits, time.monotonic()).carry_out(watch)


def resume_improvement(study: str | Path, watch: WatchSteps = iter) -> Improvement:
    """Go on with an interrupted `improve`: the same steps as if it had not been.

    Args:
        study: Its folder.
        watch: As for `improve`.

    Returns:
        As `improve`; of a finished one its result.

    Raises:
        RunError: There is no such study, or another process works on it.
    """
    found = read_study(RunFolder(Path(study)))
    if answer := whole_answer(Improvement, found.folder.result):
        return answer
    limits = options_of(found, Limits)
    with gone_on_with(found):
        spent = sum(
            read_result(folder.result).seconds for folder in found.trials().values() if folder.result.exists()
        )
        return Loop(found, limits, time.monotonic() - spent).carry_out(watch)
