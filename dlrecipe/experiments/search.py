"""The state of the loop: the best so far, what was tried, and what to try next."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from dlrecipe.config import dump_config, load_config
from dlrecipe.errors import ConfigError
from dlrecipe.recipe import Evidence
from dlrecipe.recipe.loop.keeping import Judgement, Measured, judge
from dlrecipe.recipe.loop.proposals import proposals
from dlrecipe.recipe.loop.work import work_of
from dlrecipe.recipe.selection import corrected_for_choice
from dlrecipe.results.improvement import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dlrecipe.experiments.attempts import Attempted
    from dlrecipe.experiments.run import Run
    from dlrecipe.recipe.loop.proposal import Proposal
    from dlrecipe.results.improvement import Honesty, Outcome

FORGIVEN = 0.5
"""What is left of the count of a failure when the best config changes: it may help there."""


@dataclass(frozen=True)
class Candidate:
    """A training with what its config has otherwise than the first one."""

    run: Run
    measured: Measured
    settings: Mapping[str, object]


@dataclass(frozen=True)
class Try:
    """A proposal on its way: its own patch, and all settings it is trained with."""

    proposal: Proposal
    patch: Mapping[str, object]
    settings: Mapping[str, object]


@dataclass
class Search:
    """Everything the next step depends on; made anew from the finished trainings when it is resumed.

    Attributes:
        config: File of the config as given.
        best: The best training so far.
        steps: What was tried on the way.
        finished: On the dev set, each training that was chosen among.
    """

    config: Path
    best: Candidate
    steps: list[Step] = field(default_factory=list)
    finished: list[Measured] = field(default_factory=list)
    _failures: dict[str, float] = field(default_factory=dict)
    _tried: set[str] = field(default_factory=set)
    _latest: str | None = None
    _usual: float = field(init=False)

    def __post_init__(self) -> None:
        first = self.best.run.result
        self._usual = work_of(first.settings, {}, first.train.examples)
        self.finished.append(self.best.measured)
        self._tried.add(dump_config(load_config(self.config)))

    def honesty(self) -> Honesty | None:
        """What the best dev error is worth, after it was the best of several."""
        chosen = next(at for at, measured in enumerate(self.finished) if measured is self.best.measured)
        task = self.best.run.result.task
        return corrected_for_choice([measured.errors for measured in self.finished], chosen, task)

    def choose(self, count: int) -> list[Try]:
        """Return at most so many changes of the best config, none of which gives a config tried before."""
        return list(islice(self._untried(), count))

    def _untried(self) -> Iterator[Try]:
        result = self.best.run.result
        for proposal in proposals(
            result.diagnosis, _evidence(self.best.run), self._failures, self._latest, self._usual
        ):
            patch = self._stopping_early(proposal.patch)
            settings = {**self.best.settings, **patch}
            try:
                text = dump_config(load_config(self.config, settings))
            except ConfigError:  # a change that does not go with the others
                continue
            if text not in self._tried:
                self._tried.add(text)
                yield Try(proposal, patch, settings)

    def _stopping_early(self, patch: Mapping[str, object]) -> Mapping[str, object]:
        """Add early stopping where there is none: a candidate that gets worse should not train to its end."""
        settings, key = self.best.run.result.settings, "training.patience"
        if settings.patience is not None or key in patch:
            return patch
        return {**patch, key: max(10, settings.epochs // 5)}

    def judge(self, tries: Sequence[Try], outcomes: Iterable[Attempted | Exception]) -> None:
        """Record what came of changes that were tried at the same time, and keep the best if it is better."""
        before, pairs = self.best, list(zip(tries, outcomes, strict=True))
        steps = {id(tried): self._judge(tried, outcome) for tried, outcome in sorted(pairs, key=_error)}
        for tried, _ in pairs:
            step, name = steps[id(tried)], tried.proposal.kin
            self.steps.append(step)
            if step.dev_error is None or step.dev_error >= before.measured.error:
                self._failures[name] = self._failures.get(name, 0) + 1

    def _judge(self, tried: Try, outcome: Attempted | Exception) -> Step:
        if isinstance(outcome, Exception):
            return _step(tried, None, "failed", f"The training failed: {outcome}")
        run, result = outcome.run, outcome.run.result
        if outcome.late:
            return _step(tried, run, "out of time", f"The time was up in epoch {result.epochs}.")
        if outcome.measured is None or outcome.cut:
            why = f"Given up in epoch {result.epochs}: far behind the best, and too slow to catch up."
            return _step(tried, run, "cut short", why)
        if result.stopped == "diverged":
            return _step(tried, run, "diverged", f"The training diverged in epoch {result.epochs}.")
        self.finished.append(outcome.measured)
        judgement = judge(self.best.measured, outcome.measured, result.task)
        if judgement.kept:
            self.best = Candidate(run, outcome.measured, tried.settings)
            self._latest = tried.proposal.suggestion
            self._failures = {name: count * FORGIVEN for name, count in self._failures.items()}
        return _judged(tried, run, judgement)


def _evidence(run: Run) -> Evidence:
    result = run.result
    return Evidence(
        result.settings, run.history, result.stopped, result.best_epoch, result.parameters, result.inspection
    )


def _error(pair: tuple[Try, Attempted | Exception]) -> float:
    outcome = pair[1]
    return float("inf") if isinstance(outcome, Exception) else outcome.run.result.dev.error


def _judged(tried: Try, run: Run, judgement: Judgement) -> Step:
    kept, outcome, p_value, reason = judgement
    return _step(tried, run, outcome, reason, p_value, kept=kept)


def _step(
    tried: Try,
    run: Run | None,
    outcome: Outcome,
    reason: str,
    p_value: float | None = None,
    *,
    kept: bool = False,
) -> Step:
    result = run.result if run else None
    return Step(
        suggestion=tried.proposal.suggestion,
        patch=tried.patch,
        run=str(run.folder) if run else None,
        train_error=result.train.error if result else None,
        dev_error=result.dev.error if result else None,
        kept=kept,
        settings=tried.settings,
        source=tried.proposal.source,
        because=tried.proposal.because,
        outcome=outcome,
        reason=reason,
        p_value=p_value,
        epochs=result.epochs if result else None,
        seconds=result.seconds if result else 0.0,
    )
