"""The recipe as a loop: diagnose, apply the best suggestions, retrain, keep or revert."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import Executor  # noqa: TC003  # part of a dataclass
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import dump_config
from dlrecipe.errors import DlrecipeError, RunError, UsageError
from dlrecipe.experiments.attempts import Attempt, Attempted, Deadline, attempt
from dlrecipe.experiments.executors import executor
from dlrecipe.experiments.search import Candidate, Search
from dlrecipe.experiments.trials import StudyInterruptedError, Trials
from dlrecipe.recipe.loop.closing import next_for_humans, reason
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results.improvement import Improvement, Progress, Start
from dlrecipe.results.reading import read
from dlrecipe.runs import (
    Lock,
    Purpose,
    RunFolder,
    Study,
    create_study,
    read_result,
    read_study,
    whole_answer,
    write_answer,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.config import Config
    from dlrecipe.results.improvement import Ending

    WatchSteps = Callable[[Iterator[Progress]], Iterator[Progress]]

BEST = "best.yaml"
"""The best config, in the study's folder."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When the loop ends, and how many trainings run at once.

    Attributes:
        trainings: At most so many, the given config's among them.
        minutes: At most so long; None for as long as it takes. The given config is trained in any case.
        target_error: A dev error, a fraction, that is good enough; None for none.
        workers: Processes.
    """

    trainings: int = 12
    minutes: float | None = None
    target_error: float | None = None
    workers: int = 1

    def __post_init__(self) -> None:
        problems = [
            f"{name} must be {allowed}. Got {value:g}."
            for name, value, holds, allowed in (
                ("trainings", self.trainings, self.trainings >= 1, "at least 1"),
                ("minutes", self.minutes or 0, self.minutes is None or 0 < self.minutes < inf, "more than 0"),
                ("target_error", self.target_error or 0, (self.target_error or 0) >= 0, "at least 0"),
                ("workers", self.workers, self.workers >= 1, "at least 1"),
            )
            if not holds
        ]
        if problems:
            raise UsageError(*problems)


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
    study, lock = create_study(
        Path(runs), config.name, Purpose("improve", asdict(limits)), dump_config(config)
    )
    try:
        return _Loop(study, limits, time.monotonic()).carry_out(watch)
    except DlrecipeError:
        if not study.trials():  # the given config cannot be trained at all
            shutil.rmtree(study.folder.path, ignore_errors=True)
        raise
    finally:
        lock.release()


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
    try:
        limits = read(Limits, found.purpose.options)
    except ValueError as error:
        raise RunError(f"{found.folder.study} is damaged ({error}).") from error
    lock = Lock(found.folder.lock)
    try:
        spent = sum(
            read_result(folder.result).seconds for folder in found.trials().values() if folder.result.exists()
        )
        return _Loop(found, limits, time.monotonic() - spent).carry_out(watch)
    finally:
        lock.release()


@dataclass
class _Loop:
    """One process's work on a study; it decides by the trainings alone, so that another decides the same."""

    study: Study
    limits: Limits
    began: float
    trials: Trials = field(init=False)
    search: Search | None = None
    start: Start | None = None
    begun: int = 0

    def __post_init__(self) -> None:
        self.trials = Trials(self.study)

    def carry_out(self, watch: WatchSteps) -> Improvement:
        try:
            with executor(self.limits.workers) as pool:
                for _ in watch(self._rounds(pool)):
                    pass
        except KeyboardInterrupt as interrupt:
            if self.search is None:
                raise StudyInterruptedError(self.study.folder.path) from interrupt
            return self._conclude(self.search, "interrupted")
        search = self.search
        if search is None:
            raise RunError(f"{self.study.folder.path}: whoever watched stopped it before its first training.")
        answer = self._conclude(search, self._ending(search) or "exhausted")
        write_answer(self.study.folder.result, answer)
        return answer

    def _rounds(self, pool: Executor) -> Iterator[Progress]:
        yield self._progress(("train", {}))
        first = attempt(Attempt(self.trials.trial(0, {})))
        self.begun = 1
        search = self.search = _begin(self.study, first)
        self.start = _start(first)
        while self._ending(search) is None:
            tries = search.choose(min(self.limits.workers, self.limits.trainings - self.begun))
            if not tries:
                break
            yield self._progress(*((tried.proposal.suggestion, tried.patch) for tried in tries))
            deadline = Deadline(self._deadline())
            futures = [
                pool.submit(
                    attempt,
                    Attempt(
                        self.trials.trial(self.begun + at, tried.settings),
                        None if search.best.run.result.stopped == "diverged" else search.best.run,
                        deadline,
                    ),
                )
                for at, tried in enumerate(tries)
            ]
            outcomes = [_outcome(future.exception() or future.result()) for future in futures]
            self.begun += len(tries)
            search.judge(tries, outcomes)
            yield self._progress()

    def _progress(self, *trying: tuple[str, object]) -> Progress:
        steps = tuple(self.search.steps) if self.search else ()
        return Progress(self.start, steps, trying, self.limits.trainings)  # type: ignore[arg-type]

    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _deadline(self) -> float | None:
        minutes = self.limits.minutes
        return None if minutes is None else time.time() + 60 * minutes - self._seconds()

    def _ending(self, search: Search) -> Ending | None:
        """Why to stop before another training. One that an earlier process began is finished in any case."""
        error, limits = search.best.measured.error, self.limits
        if limits.target_error is not None and error <= limits.target_error:
            return "target"
        if error == 0 or self._attained(search):
            return "attained"
        if self.begun >= limits.trainings:
            return "trainings"
        over = limits.minutes is not None and self._seconds() >= 60 * limits.minutes
        return "minutes" if over and self.begun not in self.trials.begun else None

    def _attained(self, search: Search) -> bool:
        """Whether the human error is reached, also after what choosing among the trainings flattered."""
        diagnosis = search.best.run.result.diagnosis
        if not diagnosis.human_error_given or search.best.measured.error > diagnosis.human_error:
            return False
        honesty = search.honesty()
        return honesty is None or honesty.corrected <= diagnosis.human_error

    def _conclude(self, search: Search, ending: Ending) -> Improvement:
        best, folder = search.best, self.study.folder.path
        result = best.run.result
        config = folder / BEST
        write_text(config, RunFolder(best.run.folder).config.read_text(encoding="utf-8"))
        assert self.start is not None  # noqa: S101  # there is a search
        return Improvement(
            trainings=self.begun,
            seconds=self._seconds(),
            best=str(best.run.folder),
            best_config=str(config),
            dev_error=result.dev.error,
            steps=tuple(search.steps),
            study=str(folder),
            start=self.start,
            train_error=result.train.error,
            verdict=result.diagnosis.verdict,
            changes=best.settings,
            stopped=ending,
            reason=reason(ending, self.begun, result.diagnosis, self._limit(ending)),
            honesty=search.honesty(),
            next=next_for_humans(result.diagnosis),
        )

    def _limit(self, ending: Ending) -> str:
        if ending == "target":
            return percent(self.limits.target_error or 0.0)
        return f"{self.limits.minutes:g} minutes" if self.limits.minutes else count(self.begun, "training")


def _begin(study: Study, first: Attempted) -> Search:
    if first.measured is None:
        raise RunError(f"{first.run.folder} has no model to go on from.")
    return Search(study.folder.config, Candidate(first.run, first.measured, {}))


def _start(first: Attempted) -> Start:
    result = first.run.result
    return Start(str(first.run.folder), result.train.error, result.dev.error, result.diagnosis.verdict)


def _outcome(found: Attempted | BaseException) -> Attempted | Exception:
    """A user's mistake or a lack of memory is a failed training; a defect of ours is not hidden."""
    if isinstance(found, Attempted | DlrecipeError | MemoryError):
        return found
    raise found
