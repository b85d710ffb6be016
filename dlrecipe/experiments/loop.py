"""The recipe as a loop: diagnose, apply the best suggestions, retrain, keep or revert."""

from __future__ import annotations

import time
from concurrent.futures import Executor  # noqa: TC003  # part of a dataclass
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dlrecipe.errors import DlrecipeError, RunError
from dlrecipe.experiments.attempts import Attempt, Attempted, Deadline, attempt
from dlrecipe.experiments.executors import executor
from dlrecipe.experiments.search import Candidate, Search
from dlrecipe.experiments.trials import StudyInterruptedError, Trials
from dlrecipe.recipe.loop.closing import next_for_humans, reason
from dlrecipe.recipe.texts import count, percent
from dlrecipe.results.improvement import Improvement, Progress, Start
from dlrecipe.runs import RunFolder, Study, write_answer, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.experiments.limits import Limits
    from dlrecipe.results.improvement import Ending

    WatchSteps = Callable[[Iterator[Progress]], Iterator[Progress]]

BEST = "best.yaml"
"""The best config, in the study's folder."""


@dataclass
class Loop:
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
        """Train until it ends, and return what was done; a result that is whole is written.

        Raises:
            StudyInterruptedError: The user interrupted the first training.
        """
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
