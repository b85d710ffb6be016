"""A sweep from its first trial to its last, on whatever carries out the trainings."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from dlrecipe.experiments.sweeping.attempts import Attempt, Outcome
from dlrecipe.experiments.sweeping.choosing import Chooser
from dlrecipe.experiments.sweeping.crew import Crew
from dlrecipe.experiments.sweeping.rungs import bars, rungs
from dlrecipe.experiments.sweeping.workers import Workers, workers_for
from dlrecipe.experiments.trials import Trials
from dlrecipe.results.sweep import SweepProgress, SweepTrial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config import Config
    from dlrecipe.runs import Study


@dataclass
class Search:
    """One process's work on a sweep; it decides by outcomes alone, so that another decides the same.

    Attributes:
        study: The sweep's folder.
        config: With the sweep.
        workers: Who trains.
        outcomes: Of the trials that are over, by number.
        chooser: Chooses the trials.
    """

    study: Study
    config: Config
    workers: Workers
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    chooser: Chooser = field(init=False)
    _trials: Trials = field(init=False)

    def __post_init__(self) -> None:
        assert self.config.sweep is not None  # noqa: S101  # whoever calls has seen to it
        self._sweep = self.config.sweep
        self.chooser = Chooser(self._sweep)
        self._trials = Trials(self.study)

    def progress(self) -> Iterator[SweepProgress]:
        """Carry out the trials, and yield how far it is, whenever that changes."""
        planned, dask, workers = self.chooser.planned, self.workers.dask, self.workers.processes
        if workers is None and dask is None:
            with Crew(1) as crew:
                yield from self._work(crew, 1, until=1)
            workers = workers_for(self.outcomes[0].seconds, planned - 1)
        with Crew(workers or 1, dask) as crew:
            yield from self._work(crew, planned if dask else workers or 1, until=planned)

    def done(self) -> tuple[SweepTrial, ...]:
        """The trials that are over, in the order in which they were chosen."""
        return tuple(_row(self.chooser.chosen[at], self.outcomes[at]) for at in sorted(self.outcomes))

    def _work(self, crew: Crew, at_once: int, until: int) -> Iterator[SweepProgress]:
        chosen = self.chooser.chosen
        while len(chosen) < until or crew.busy:
            if len(chosen) < until and len(crew.busy) < at_once and self._settled() is not None:
                known = self._settled() or {}
                patch = self.chooser.choose({at: outcome.dev_error for at, outcome in known.items()})
                yield self._progress(crew.busy | {len(chosen) - 1})
                crew.begin(len(chosen) - 1, self._task(len(chosen) - 1, patch, known))
            else:
                self.outcomes |= crew.collect()
                yield self._progress(crew.busy)

    def _settled(self) -> dict[int, Outcome] | None:
        """Return the outcomes by which the next trial is decided; None while one of them is not there yet.

        With several trainings under way, which of them ends first is chance: the last ones never count.
        """
        if self._sweep.method != "tpe" and self._sweep.pruning is None:
            return {}
        numbers = range(len(self.chooser.chosen) - self._sweep.parallel + 1)
        if any(at not in self.outcomes for at in numbers):
            return None
        return {at: self.outcomes[at] for at in numbers}

    def _task(self, number: int, patch: dict[str, object], known: dict[int, Outcome]) -> Attempt:
        trial = self._trials.trial(number, {"sweep": None, **patch})
        pruning = self._sweep.pruning
        if pruning is None:
            return Attempt(trial)
        reached = (outcome.rungs for outcome in known.values())
        return Attempt(trial, rungs(pruning, self.config.training.epochs), bars(pruning, reached))

    def _progress(self, busy: set[int]) -> SweepProgress:
        trying = tuple(self.chooser.chosen[at] for at in sorted(busy))
        return SweepProgress(self.done(), trying, self.chooser.planned)


def _row(patch: dict[str, object], outcome: Outcome) -> SweepTrial:
    return SweepTrial(
        patch=patch,
        run=str(outcome.run) if outcome.run else None,
        status=outcome.status,
        dev_error=None if outcome.dev_error == inf else outcome.dev_error,
        train_error=None if outcome.train_error == inf else outcome.train_error,
        epochs=outcome.epochs,
        seconds=outcome.seconds,
        reason=outcome.reason,
    )
