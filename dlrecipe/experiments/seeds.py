"""One training with several seeds: how much of its verdict was luck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError, UsageError
from dlrecipe.experiments.diagnosing import rediagnosed
from dlrecipe.experiments.studies import begun, gone_on_with
from dlrecipe.experiments.trials import StudyInterruptedError, Trials, carry_out
from dlrecipe.recipe import error_interval
from dlrecipe.recipe.seeding import widened
from dlrecipe.results import Seeded
from dlrecipe.runs import (
    Purpose,
    RunFolder,
    Study,
    read_study,
    write_answer,
    write_result,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.config import Config
    from dlrecipe.experiments.fit import Watch
    from dlrecipe.experiments.run import Run
    from dlrecipe.results import Score
    from dlrecipe.results.diagnosis import Task


def train_seeds(
    config: Config, seeds: int, runs: str | Path = "runs", watch: Watch = iter, command: str | None = None
) -> Run:
    """Train several times with nothing but the seed changed, on the same parts of the data.

    Args:
        config: From `load_config`; its seed is the first.
        seeds: How many.
        runs: The folder of runs; every training is one.
        watch: As for `train`, of each.
        command: As for `train`.

    Returns:
        The first seed's run. Its intervals say where the errors of such trainings lie, not only this model's,
        and its result lists all seeds.

    Raises:
        UsageError: Fewer than two seeds.
        StudyInterruptedError: The user interrupted it; `resume_seeds` goes on.
        DataError, RunError: As `train`.
    """
    if seeds < 2:
        raise UsageError(f"seeds must be at least 2, to see how they differ. Got {seeds}.")
    options = {"first": config.seed, "count": seeds, "split_seed": config.split_seed, "command": command}
    with begun(runs, config, Purpose("seeds", options)) as study:
        return _carry_on(study, watch)


def resume_seeds(study: str | Path, watch: Watch = iter) -> Run:
    """Go on with an interrupted training of several seeds; of a finished one, its first run.

    Raises:
        RunError: There is no such study, it is damaged, or another process works on it.
    """
    with gone_on_with(read_study(RunFolder(Path(study)))) as found:
        return _carry_on(found, watch)


def _carry_on(study: Study, watch: Watch) -> Run:
    trained = []
    trials = Trials(study)
    for number, patch in enumerate(_patches(study)):
        run = carry_out(trials.trial(number, patch), watch)
        if run.result.stopped == "interrupted":
            raise StudyInterruptedError(study.folder.path)
        trained.append(run)
    first = _together(trained)
    write_result(RunFolder(first.folder).result, first.result)
    write_answer(study.folder.result, first.result)
    return first


def _patches(study: Study) -> list[dict[str, object]]:
    options = study.purpose.options
    try:
        first, count, split = (int(str(options[name])) for name in ("first", "count", "split_seed"))
    except (KeyError, ValueError) as error:
        raise RunError(f"{study.folder.study} is damaged ({error}).") from error
    return [{"seed": seed, "data.split_seed": split} for seed in range(first, first + count)]


def _together(runs: Sequence[Run]) -> Run:
    """The first run, judged in the light of the others; those that diverged tell nothing of the spread."""
    first, whole = runs[0], [run.result for run in runs if run.result.stopped != "diverged"]
    result = replace(first.result, seeds=tuple(_seeded(run) for run in runs))
    if first.result.stopped != "diverged" and len(whole) > 1:
        train_dev = [one.train_dev for one in whole if one.train_dev]
        result = replace(
            result,
            train=_widened([one.train for one in whole], result.task),
            dev=_widened([one.dev for one in whole], result.task),
            train_dev=_widened(train_dev, result.task) if train_dev else None,
        )
    return rediagnosed(replace(first, result=result))


def _seeded(run: Run) -> Seeded:
    result = run.result
    return Seeded(result.run, result.train.error, result.dev.error, result.stopped)


def _widened(scores: Sequence[Score], task: Task) -> Score:
    """The first score, its interval that of the seeds' mean."""
    first = scores[0]
    interval = first.error_interval or error_interval(first.error, first.examples, task, first.error_sd)
    return replace(first, error_interval=widened(first.error, interval, [score.error for score in scores]))
