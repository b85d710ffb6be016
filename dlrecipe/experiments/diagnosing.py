"""The verdict, for a run or for anybody's figures."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dlrecipe import recipe
from dlrecipe.config import changes, load_config
from dlrecipe.errors import ConfigError
from dlrecipe.experiments.run import Run, open_run
from dlrecipe.recipe.texts import percent
from dlrecipe.results import Figures
from dlrecipe.runs import RunFolder
from dlrecipe.training import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dlrecipe.config import Config
    from dlrecipe.results import Diagnosis, Epoch, Score, Settings, TrainingResult
    from dlrecipe.results.diagnosis import Task
    from dlrecipe.results.inspection import Inspection
    from dlrecipe.results.training import MetricName, Stopped


def diagnose(
    *,
    train_error: float,
    dev_error: float,
    human_error: float | None = None,
    train_dev_error: float | None = None,
    train_size: int | None = None,
    dev_size: int | None = None,
    train_dev_size: int | None = None,
    tolerance: float = 0.02,
    share: float = 0.15,
    task: Task = "classification",
) -> Diagnosis:
    """The verdict for figures from any program; errors are fractions.

    Raises:
        UsageError: Figures or thresholds that no verdict can be made from, all of them named.
    """
    figures = Figures(
        train_error, dev_error, human_error, train_dev_error, train_size, dev_size, train_dev_size, task
    )
    return recipe.diagnose(figures, tolerance=tolerance, share=share)


class Judged(NamedTuple):
    """What a training's errors are held against; see the `recipe` section of a config."""

    human_error: float | None
    tolerance: float
    share: float
    metric: MetricName


def judged_by(config: Config) -> Judged:
    """What a config holds a training's errors against."""
    recipe = config.recipe
    return Judged(recipe.human_error, recipe.tolerance, recipe.share, recipe.metric)


def diagnose_training(
    judged: Judged,
    settings: Settings,
    history: Sequence[Epoch],
    *,
    scores: tuple[Score, Score, Score | None],
    end: tuple[Stopped, int, int],
    inspection: Inspection | None = None,
    command: str | None,
) -> Diagnosis:
    """The verdict for a training.

    Args:
        judged: The human error and the thresholds.
        settings: What it was run with.
        history: Its evaluations.
        scores: Of the returned model on train, dev and train-dev.
        end: Why it stopped, its best epoch, and its number of parameters.
        inspection: What a look at the returned network told.
        command: Stem of the commands that try a suggestion.
    """
    train, dev = _judgeable(scores[0]), _judgeable(scores[1])
    train_dev = _judgeable(scores[2]) if scores[2] else None
    stopped, best_epoch, parameters = end
    figures = Figures(
        train_error=train.error,
        dev_error=dev.error,
        human_error=judged.human_error,
        train_dev_error=train_dev.error if train_dev else None,
        train_size=train.examples,
        dev_size=dev.examples,
        train_dev_size=train_dev.examples if train_dev else None,
        task=settings.task,
        train_sd=train.error_sd,
        dev_sd=dev.error_sd,
        train_dev_sd=train_dev.error_sd if train_dev else None,
        train_interval=train.error_interval,
        dev_interval=dev.error_interval,
        train_dev_interval=train_dev.error_interval if train_dev else None,
    )
    evidence = recipe.Evidence(
        settings=settings,
        history=tuple(history),
        stopped=stopped,
        best_epoch=best_epoch,
        parameters=parameters,
        inspection=inspection,
    )
    diagnosis = recipe.diagnose(
        figures, evidence, tolerance=judged.tolerance, share=judged.share, command=command
    )
    if judged.metric == "error":
        return diagnosis
    meaning = f"Errors are {METRICS[judged.metric].meaning}, with bootstrapped intervals."
    return replace(diagnosis, notes=(meaning, *diagnosis.notes))


def _judgeable(score: Score) -> Score:
    """A score whose error is a number that can be judged: a network that ran away may have none."""
    most = recipe.LARGEST_ERROR
    error = min(most, score.error)  # NaN is not below it
    return replace(score, error=error, error_sd=min(most, score.error_sd))


def diagnose_run(run: str | Path | None = None, runs: str | Path = "runs") -> Run:
    """A finished run with its verdict made anew from its figures, under the recipe that it was trained with.

    Raises:
        RunError: There is no such run, or its files are damaged.
    """
    opened = rediagnosed(open_run(run, runs))
    diagnosis = opened.result.diagnosis
    notes = (*_edits(RunFolder(opened.folder).config, opened.result), *diagnosis.notes)
    return replace(opened, result=replace(opened.result, diagnosis=replace(diagnosis, notes=notes)))


def rediagnosed(run: Run) -> Run:
    """A run with its verdict made anew from its figures, under the recipe that it was trained with."""
    result: TrainingResult = run.result
    before = result.diagnosis
    human_error = before.human_error if before.human_error_given else None
    diagnosis = diagnose_training(
        Judged(human_error, before.tolerance, before.share, result.metric),
        result.settings,
        run.history,
        scores=(result.train, result.dev, result.train_dev),
        end=(result.stopped, result.best_epoch, result.parameters),
        inspection=result.inspection,
        command=shlex.join(["dlrecipe", "train", str(RunFolder(run.folder).config)]),
    )
    seeds = tuple(_seeds(result))
    return replace(
        run, result=replace(result, diagnosis=replace(diagnosis, notes=(*seeds, *diagnosis.notes)))
    )


def _seeds(result: TrainingResult) -> Iterator[str]:
    """Say what other seeds gave, where there were any."""
    errors = [seed.dev_error for seed in result.seeds if seed.stopped != "diverged"]
    if len(errors) > 1:
        yield (
            f"With {len(result.seeds)} seeds the dev error was {percent(min(errors))} to "
            f"{percent(max(errors))}, {percent(sum(errors) / len(errors))} on average; the intervals hold "
            "what such trainings have on average, and not this one alone."
        )


def _edits(config_file: Path, result: TrainingResult) -> Iterator[str]:
    """Say that the config beside a result is no longer the one that was trained."""
    try:
        changed = changes(result.config, load_config(config_file))
    except ConfigError as error:
        yield f"The verdict is that of the config as it was trained: {error.messages[0]}"
        return
    if changed:
        told = "; ".join(f"{key}: {change}" for key, change in changed.items())
        yield (
            f"{config_file} was changed after the training ({told}); the verdict is that of the config as it "
            f"was trained. For the changed one: {shlex.join(['dlrecipe', 'train', str(config_file)])}"
        )
