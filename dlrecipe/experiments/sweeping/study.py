"""Search over settings; a search that was interrupted goes on where it was."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.errors import RunError, UsageError
from dlrecipe.experiments.engine import choose_engine
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.studies import begun, gone_on_with, options_of
from dlrecipe.experiments.sweeping.attempts import BEGUN
from dlrecipe.experiments.sweeping.concluding import conclude
from dlrecipe.experiments.sweeping.searching import Search
from dlrecipe.experiments.sweeping.tpe import require_optuna
from dlrecipe.experiments.sweeping.workers import Workers
from dlrecipe.results.sweep import SweepResult
from dlrecipe.runs import Purpose, RunFolder, Study, read_study, whole_answer, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.config import Config
    from dlrecipe.results.sweep import SweepProgress

    WatchSweep = Callable[[Iterator[SweepProgress]], Iterator[SweepProgress]]


def sweep(
    config: Config,
    *,
    runs: str | Path = "runs",
    workers: int | None = None,
    dask: str | None = None,
    watch: WatchSweep = iter,
) -> SweepResult:
    """Train with the settings that the config's `sweep` section searches, and find the best.

    Args:
        config: From `load_config`, with a `sweep` section.
        runs: The folder of runs; each training is a run, and the sweep has a folder beside them. On a
            cluster, its workers must find it, and the data, under the same paths.
        workers: Processes; None takes as many as pay. No result depends on it.
        dask: Address of a Dask scheduler, whose workers are used instead.
        watch: Gets the sweep's progress and passes it on, as a live table does.

    Returns:
        What was found. One that the user interrupted says so, and `resume_sweep` goes on with it.

    Raises:
        UsageError: There is no `sweep` section, no scheduler, or a package is missing.
        DataError: The data are not what the config says; no folder is left.
        RunError: The folder cannot be written.
    """
    if config.sweep is None:
        raise UsageError(
            "The config has no sweep section. Add one, such as sweep: {space: {training.lambda: [0, 0.1, 1]}}"
        )
    who = Workers(workers, dask)
    if config.sweep.method == "tpe":
        require_optuna()
    config = _for_trials(config)
    choose_engine(config, prepare(config).problem)  # what no trial could be trained with is refused at once
    purpose = Purpose("sweep", asdict(who))
    folder = Path(runs).absolute() if dask else Path(runs)  # a cluster's workers are started elsewhere
    with begun(folder, config, purpose) as study:
        (study.folder.path / BEGUN).mkdir()
        return _carry_out(study, who, watch)


def resume_sweep(
    study: str | Path, watch: WatchSweep = iter, workers: int | None = None, dask: str | None = None
) -> SweepResult:
    """Go on with an interrupted sweep: no finished training is repeated, and its result is the same.

    Args:
        study: Its folder.
        watch: As for `sweep`.
        workers: Other ones than it was begun with.
        dask: Likewise.

    Returns:
        As `sweep`; of a finished one its result.

    Raises:
        RunError: There is no such sweep, or another process works on it.
        UsageError: As `sweep`.
    """
    found = read_study(RunFolder(Path(study)))
    if answer := whole_answer(SweepResult, found.folder.result):
        return answer
    who = Workers(workers, dask) if workers or dask else options_of(found, Workers)
    if who.dask:  # a cluster's workers are started elsewhere
        found = Study(RunFolder(found.folder.path.absolute()), found.purpose)
    with gone_on_with(found):
        return _carry_out(found, who, watch)


def _for_trials(config: Config) -> Config:
    """Return the config that all trials start from: the same dev examples for all, a thread each."""
    data = config.data.model_copy(update={"split_seed": config.split_seed})
    threads = 1 if config.training.threads == "auto" else config.training.threads
    training = config.training.model_copy(update={"threads": threads})
    return config.model_copy(update={"data": data, "training": training})


def _carry_out(study: Study, workers: Workers, watch: WatchSweep) -> SweepResult:
    config = load_config(study.folder.config)
    if config.sweep is None:
        raise RunError(f"{study.folder.config} has lost its sweep section.")
    if config.sweep.method == "tpe":
        require_optuna()
    search = Search(study, config, workers)
    try:
        for _ in watch(search.progress()):
            pass
    except KeyboardInterrupt:
        return conclude(search, "interrupted")
    answer = conclude(search, "finished")
    write_answer(study.folder.result, answer)
    return answer
