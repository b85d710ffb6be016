"""Trying suggestions for a while, to order them by what they do rather than by what they promise.

All together the probes cost no more steps than two trainings like the run: every suggestion gets a share of
one, and the best two of them, from the start again, half a training each. What a run's own history reached
with as many steps is what they are held against.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.config import load_config
from dlrecipe.errors import ConfigError
from dlrecipe.experiments.diagnosing import diagnose_run
from dlrecipe.experiments.engine import choose_engine, limited
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.run import Run
from dlrecipe.recipe.texts import percent
from dlrecipe.runs import RunFolder
from dlrecipe.training import epochs, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.results import Epoch, Suggestion

MOST = 6
"""Suggestions that are tried."""

WHEN_TO_STOP = {"training.epochs", "training.patience"}
"""Keys that a part of a training cannot tell anything about."""

FINALISTS = 2
"""Suggestions that are tried for longer."""


class Reached(NamedTuple):
    """The best dev error of a training so far, the loss decides between equal ones."""

    dev_error: float
    dev_loss: float


@dataclass(frozen=True)
class Probe:
    """A suggestion and what it reached within a share of the run's work.

    Attributes:
        suggestion: What was tried.
        reached: With it.
        before: What the run itself had reached with as much work.
        share: Of the run's work.
    """

    suggestion: Suggestion
    reached: Reached
    before: Reached
    share: float

    @property
    def gain(self) -> tuple[float, float]:
        """How much better it is, in error and in loss."""
        return (
            self.before.dev_error - self.reached.dev_error,
            self.before.dev_loss - self.reached.dev_loss,
        )

    def told(self) -> Suggestion:
        """The suggestion with what was seen."""
        seen = (
            f" Tried for {percent(self.share)} of the run's work, it reached a dev error of "
            f"{percent(self.reached.dev_error)}; the run had {percent(self.before.dev_error)} by then."
        )
        return replace(self.suggestion, because=self.suggestion.because + seen)


def diagnose_with_probes(run: str | Path | None = None, runs: str | Path = "runs") -> Run:
    """A finished run with its verdict, its suggestions tried and put in order.

    Those that were better than the run with as much work come first, the best first; then what was not
    tried, such as more data; last what did not help.

    Raises:
        RunError: There is no such run, or its files are damaged.
        DataError: Its data are gone.
    """
    found = diagnose_run(run, runs)
    diagnosis = found.result.diagnosis
    tried = [one for one in diagnosis.suggestions if set(one.patch or {}) - WHEN_TO_STOP][:MOST]
    probes = _race(found, tried)
    helped = [probe.told() for probe in probes if probe.gain > (0.0, 0.0)]
    failed = [probe.told() for probe in probes if probe.gain <= (0.0, 0.0)]
    known = {id(probe.suggestion) for probe in probes}
    others = [suggestion for suggestion in diagnosis.suggestions if id(suggestion) not in known]
    ordered = replace(diagnosis, suggestions=(*helped, *others, *failed))
    return Run(found.folder, found.history, replace(found.result, diagnosis=ordered))


def _race(run: Run, suggestions: Sequence[Suggestion]) -> list[Probe]:
    """Try all of them for a while and the best for longer, and return what each reached, the best first."""
    if not suggestions:
        return []
    first = [probe for one in suggestions if (probe := _try_out(run, one, 1 / len(suggestions)))]
    first.sort(key=lambda probe: probe.gain, reverse=True)
    finalists = [_try_out(run, probe.suggestion, 1 / FINALISTS) or probe for probe in first[:FINALISTS]]
    return sorted(finalists, key=lambda probe: probe.reached) + first[FINALISTS:]


def _try_out(run: Run, suggestion: Suggestion, share: float) -> Probe | None:
    """Train with a suggestion for a share of the run's work; None where the config does not allow it."""
    try:
        config = load_config(RunFolder(run.folder).config, suggestion.patch or {})
        prepared = prepare(config)
    except ConfigError:
        return None
    result = run.result
    work = share * result.epochs * _work(result.train.examples, result.parameters)
    length = max(1, round(work / _work(prepared.problem.m, prepared.problem.network.layout.size)))
    until = max(1, round(share * result.epochs))
    return Probe(suggestion, _reached(_train(prepared, length)), _reached(run.history[: until + 1]), share)


def _work(m: int, parameters: int) -> float:
    """What an epoch costs, in multiplications of about the same kind."""
    return float(m * parameters)


def _train(prepared: Prepared, length: int) -> list[Epoch]:
    """Train for so many epochs at most, without a folder, and return the evaluations."""
    engine = choose_engine(prepared.config, prepared.problem)
    state = start(prepared.problem, prepared.config.network.init)
    with limited(engine.threads):
        return list(islice(epochs(prepared.problem, state, engine.load_kernels()), length + 1))


def _reached(history: Sequence[Epoch]) -> Reached:
    return min(Reached(epoch.dev_error, epoch.dev_loss) for epoch in history)
