"""One trial of a sweep, wherever it is carried out: begun, gone on with, or given up at a rung."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.errors import DlrecipeError, RunError
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.resuming import EPOCHS, resume
from dlrecipe.experiments.sweeping.rungs import best_by
from dlrecipe.experiments.trials import carry_out
from dlrecipe.recipe.texts import percent
from dlrecipe.runs import RunFolder, read_study
from dlrecipe.runs.lock import is_locked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from dlrecipe.experiments.run import Run
    from dlrecipe.experiments.trials import Trial
    from dlrecipe.results.sweep import TrialStatus

BEGUN = "begun"
"""Folder in the study's with an empty file for each trial that a process has begun."""

POLL = 0.2
"""Seconds between two looks at another process's lock."""


@dataclass(frozen=True)
class Attempt:
    """A trial to be carried out; plain enough to be sent to another process.

    Attributes:
        trial: What to train.
        rungs: Epochs at which it is compared with others.
        bars: The dev error that it must not exceed there.
    """

    trial: Trial
    rungs: tuple[int, ...] = ()
    bars: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        status: As `sweep --json` has it.
        run: Its folder.
        dev_error, train_error, dev_loss: Of its model.
        verdict: On it.
        epochs: How many it trained.
        seconds: What it took.
        reason: Why it failed or was given up.
        rungs: Its best dev error at each rung it came to.
        dev_set: Which dev examples its error was measured on; None where single ones cannot be compared.
        errors: Its error on each of these.
    """

    status: TrialStatus
    run: Path | None = None
    dev_error: float = inf
    train_error: float = inf
    dev_loss: float = inf
    verdict: str | None = None
    epochs: int | None = None
    seconds: float = 0.0
    reason: str | None = None
    rungs: Mapping[int, float] = field(default_factory=dict)
    dev_set: str | None = None
    errors: NDArray[np.float64] | None = None


def attempt(attempt: Attempt) -> Outcome:
    """Train; what an earlier process began, to the same end. A user's mistake is a failed trial.

    Raises:
        KeyboardInterrupt: The user interrupted the training, which is saved.
    """
    trial = attempt.trial
    try:
        trial = _found_again(trial)
        run, rung = _train(replace(attempt, trial=trial))
        return _outcome(run, rung, attempt)
    except (DlrecipeError, MemoryError) as error:
        return Outcome("failed", run=trial.begun.path if trial.begun else None, reason=str(error) or "memory")


def attempt_on_cluster(task: Attempt) -> Outcome:
    """As `attempt`, in a process of a cluster, whose threads may carry out several at once.

    Each would set the number of BLAS threads and set it back, and the bits of the others depend on it.

    Raises:
        RunError: The sweep's folder is not to be seen from here.
    """
    if not task.trial.config.exists():
        raise RunError(f"{task.trial.config} is not to be seen from there.")
    limited(1)  # for good: the process is a worker
    return attempt(task)


def _found_again(trial: Trial) -> Trial:
    """Return the trial with the run of a process that died with it, or that still works on it.

    Another process can have begun it where a cluster lost a worker, or where the sweep itself was killed.
    """
    study = RunFolder(trial.runs / trial.origin.study)
    if trial.begun is None:
        try:
            (study.path / BEGUN / str(trial.origin.trial)).open("x").close()
        except FileExistsError:
            trial = replace(trial, begun=read_study(study).trials().get(trial.origin.trial))
        except OSError as error:
            raise RunError(f"{study.path} cannot be written: {error.strerror or error}.") from error
    while trial.begun and not trial.begun.result.exists() and is_locked(trial.begun.lock):
        time.sleep(POLL)
    return trial


def _train(attempt: Attempt) -> tuple[Run, int | None]:
    """Train from rung to rung; return the run, and the rung it was given up at.

    What decides is in the history, so that a process that comes after decides the same.
    """
    trial = attempt.trial
    planned = load_config(trial.config, trial.patch).training
    legs = [rung for rung in attempt.rungs if rung < planned.epochs]
    if planned.schedule.kind == "cosine":  # with other epochs every rate would be another
        legs = []
    ends = [*legs, planned.epochs]
    run = _uninterrupted(_first_leg(trial, ends[0]) if legs else carry_out(trial))
    for rung, following in pairwise(ends):
        at_rung = run.result.epochs <= rung
        if at_rung and run.result.stopped != "epochs":
            break
        if best_by(run.history, rung) > attempt.bars.get(rung, inf):
            return run, rung
        if at_rung:
            run = _uninterrupted(resume(run.folder, trial.runs, {EPOCHS: following}))
    return run, None


def _first_leg(trial: Trial, epochs: int) -> Run:
    """Train to the first rung; what was begun, to the one it was on the way to."""
    begun = trial.begun
    if begun is None or begun.result.exists():
        return carry_out(replace(trial, patch={**trial.patch, EPOCHS: epochs}))
    planned = load_config(begun.config).training.epochs  # its checkpoint may be of the leg before
    return resume(begun.path, trial.runs, {EPOCHS: planned})


def _uninterrupted(run: Run) -> Run:
    if run.result.stopped == "interrupted":
        raise KeyboardInterrupt
    return run


def _outcome(run: Run, rung: int | None, attempt: Attempt) -> Outcome:
    result = run.result
    came_to = [at for at in attempt.rungs if at < len(run.history)]
    found = Outcome(
        "finished",
        run.folder,
        result.dev.error,
        result.train.error,
        result.dev.loss,
        result.diagnosis.verdict,
        result.epochs,
        result.seconds,
        rungs={at: best_by(run.history, at) for at in came_to},
    )
    if result.stopped == "diverged":
        reason = f"The training diverged in epoch {result.epochs}."
        return replace(found, status="failed", dev_error=inf, train_error=inf, reason=reason)
    if rung is not None:
        bar = percent(attempt.bars[rung])
        reason = (
            f"Given up in epoch {rung}: its best dev error was above {bar}, the bar set by earlier trials."
        )
        return replace(found, status="pruned", reason=reason)
    return _with_dev_errors(found, run)


def _with_dev_errors(found: Outcome, run: Run) -> Outcome:
    """Add what it takes to compare it example by example, where its metric is a mean over examples."""
    if run.result.metric != "error":
        return found
    try:
        dev = open_dev(run)
        source, rows = dev.identity
        identity = hashlib.blake2b(source.encode("utf-8", "surrogateescape") + rows, digest_size=16)
        return replace(found, dev_set=identity.hexdigest(), errors=dev.errors)
    except DlrecipeError:  # the data went since, or the model's answers are not finite
        return found
