"""Trying the first suggestions, to order them by what they do rather than by what they promise.

Each is trained to its end, without a folder. Trying more of them for a shorter time was held against this and
lost: what a suggestion is good for shows late (`benchmarks/verdict/README.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.errors import ConfigError
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.diagnosing import diagnose_run
from dlrecipe.experiments.engine import choose_engine, limited
from dlrecipe.experiments.fit import KeepsNothing, fit
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.run import Run
from dlrecipe.recipe.suggestions.ranked import WORTH
from dlrecipe.recipe.texts import percent
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dlrecipe.results import Suggestion

TRIED = 2
"""Suggestions that are trained."""


@dataclass(frozen=True)
class Probe:
    """A suggestion that was trained.

    Attributes:
        suggestion: What was tried.
        before: The run's dev error.
        dev_error: Of the model that the training with the suggestion would keep.
    """

    suggestion: Suggestion
    before: float
    dev_error: float

    @property
    def helped(self) -> bool:
        """Whether it was worth a change."""
        return self.before - self.dev_error >= WORTH

    def told(self) -> Suggestion:
        """The suggestion with what was seen."""
        seen = f" Tried: the dev error went from {percent(self.before)} to {percent(self.dev_error)}."
        return replace(self.suggestion, because=self.suggestion.because + seen)


def diagnose_with_probes(run: str | Path | None = None, runs: str | Path = "runs") -> Run:
    """A finished run with its verdict, its first two suggestions trained and put in order.

    Those that lowered the dev error by a point come first, the best first; then what was not tried; last what
    did not help. Where neither helped, the changes that promise even less are left out, and what no setting
    can do, such as more data, comes first.

    Raises:
        RunError: There is no such run, its files are damaged, or its data are not what they were.
        DataError: They are gone.
    """
    found = diagnose_run(run, runs)
    diagnosis = found.result.diagnosis
    probes = list(islice(_probes(found), TRIED))
    suggestions = tuple(_ordered(diagnosis.suggestions, probes))
    result = replace(found.result, diagnosis=replace(diagnosis, suggestions=suggestions))
    return Run(found.folder, found.history, result)


def _ordered(suggestions: Sequence[Suggestion], probes: Sequence[Probe]) -> Iterator[Suggestion]:
    """Yield the suggestions by what the probes showed."""
    ranked = sorted(probes, key=lambda probe: probe.dev_error)
    tried = {id(probe.suggestion) for probe in probes}
    helped = [probe.told() for probe in ranked if probe.helped]
    yield from helped
    for suggestion in suggestions:
        if id(suggestion) not in tried and (helped or not probes or not suggestion.patch):
            yield suggestion
    yield from (probe.told() for probe in ranked if not probe.helped)


def _probes(run: Run) -> Iterator[Probe]:
    """Train with the suggested changes, one after the other; those that the config refuses are left out."""
    changes = [suggestion for suggestion in run.result.diagnosis.suggestions if suggestion.patch]
    if changes:
        open_dev(run)  # an error on other examples could not be held against the run's
    for suggestion in changes:
        try:
            dev_error = _trained(run, suggestion)
        except ConfigError:
            continue
        yield Probe(suggestion, run.result.dev.error, dev_error)


def _trained(run: Run, suggestion: Suggestion) -> float:
    """Train the run's config with the suggestion and return the dev error of what it would keep."""
    config = load_config(RunFolder(run.folder).config, suggestion.patch or {})
    prepared = prepare(config)
    engine = choose_engine(config, prepared.problem)
    with limited(engine.threads):
        fitted = fit(prepared.problem, config, engine.load_kernels(), KeepsNothing())
    if fitted.stopped == "interrupted":
        raise KeyboardInterrupt
    return fitted.history[fitted.best_epoch].dev_error
