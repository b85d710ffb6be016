"""One training of the loop: given up early where it cannot win, stopped where the time is up."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.resuming import resume
from dlrecipe.experiments.trials import carry_out
from dlrecipe.recipe.loop.racing import hopeless, judged_at
from dlrecipe.recipe.loop.work import work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config import Config
    from dlrecipe.experiments.run import Run
    from dlrecipe.experiments.trials import Trial
    from dlrecipe.recipe.loop.keeping import Measured
    from dlrecipe.results import Epoch


@dataclass(frozen=True)
class Deadline:
    """Interrupts a training at the end of the first epoch after a moment; its checkpoint is kept.

    Attributes:
        when: Seconds since 1970; None for never.
    """

    when: float | None = None

    def __call__(self, epochs: Iterator[Epoch]) -> Iterator[Epoch]:
        """Pass evaluations on until then."""
        for epoch in epochs:
            yield epoch
            if self.passed():
                raise KeyboardInterrupt

    def passed(self) -> bool:
        """Whether the moment is over."""
        return self.when is not None and time.time() >= self.when


@dataclass(frozen=True)
class Attempt:
    """A training to be tried; plain enough to be sent to another process.

    Attributes:
        trial: What to train.
        rival: The best run so far, without which it is trained whole.
        deadline: When to stop.
    """

    trial: Trial
    rival: Run | None = None
    deadline: Deadline = Deadline()


@dataclass(frozen=True)
class Attempted:
    """What came of it.

    Attributes:
        run: The training.
        measured: Its model on the dev set; None where it has none, or none worth it.
        cut: Whether it was given up after a part of its epochs.
        late: Whether the time was up.
    """

    run: Run
    measured: Measured | None
    cut: bool = False
    late: bool = False


def attempt(attempt: Attempt) -> Attempted:
    """Train; or what an earlier process began, to the same end.

    Raises:
        KeyboardInterrupt: The user interrupted the training, which is saved.
        DlrecipeError: As `train`.
    """
    run, cut = _race(attempt)
    if run.result.stopped == "interrupted":
        if attempt.deadline.passed():
            return Attempted(run, None, late=True)
        raise KeyboardInterrupt
    if cut:
        return Attempted(run, None, cut=True)
    return Attempted(run, open_dev(run).measured())


def _race(attempt: Attempt) -> tuple[Run, bool]:
    """Train a part first where that can save something, and the rest where it may still win.

    What decides is in the history, so that a process that comes after decides the same.
    """
    trial, rival = attempt.trial, attempt.rival
    planned = load_config(trial.config, trial.patch)
    part = _part(planned, rival) if rival else None
    if rival is None or part is None:
        return carry_out(trial, attempt.deadline), False
    first = replace(trial, patch={**trial.patch, "training.epochs": part})
    run, dev = carry_out(first, attempt.deadline), rival.result.dev
    epochs = planned.training.epochs
    if run.result.epochs < part or run.result.stopped in ("diverged", "interrupted"):
        return run, False
    if hopeless(run.history[: part + 1], rival.history, epochs, dev.error_sd, dev.examples):
        return run, True
    if run.result.stopped == "epochs" and run.result.epochs < epochs:
        longer = {"training.epochs": epochs}
        return resume(run.folder, trial.runs, longer, attempt.deadline), False
    return run, False


def _part(config: Config, rival: Run) -> int | None:
    """The epoch to judge at; a cosine schedule would be another one with other epochs."""
    if config.training.schedule.kind == "cosine":
        return None
    settings, m = rival.result.settings, rival.result.train.examples
    sizes = (settings.inputs, *config.network.layers, settings.outputs)
    epochs, batch = config.training.epochs, config.training.batch_size
    return judged_at(epochs, work(epochs, m, sizes, m if batch == "full" else batch))
