"""What a sweep found: each trial, the best of them, and what choosing it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Value
from dlrecipe.results.checksum import SealedDocument
from dlrecipe.results.improvement import Honesty

TrialStatus = Literal["finished", "failed", "pruned"]


@dataclass(frozen=True, slots=True)
class SweepTrial(Value):
    """One training of a sweep.

    Attributes:
        patch: What it has otherwise than the config, by dotted key.
        run: Its folder; None where it failed before there was one.
        status: A training that diverged failed.
        dev_error: A fraction; of a pruned one that of its model so far; None where it failed.
        train_error: Likewise.
        epochs: How many it trained.
        seconds: What it took.
        reason: Why it failed or was given up.
    """

    patch: Mapping[str, object]
    run: str | None
    status: TrialStatus
    dev_error: float | None
    train_error: float | None = None
    epochs: int | None = None
    seconds: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SweepResult(SealedDocument):
    """What `sweep --json` prints.

    Attributes:
        best: Folder of the best run; None where no trial finished.
        trials: In the order in which they were chosen.
        method: How they were chosen.
        study: Folder of the search.
        best_config: The best run's config as a file that `dlrecipe train` takes.
        patch: What it has otherwise than the config as given.
        dev_error: Of the best run, a fraction.
        train_error: Likewise.
        verdict: On the best run.
        stopped: Whether all trials were had, or the user interrupted.
        seconds: The trainings' own, added up.
        honesty: What the choice among the trials cost; None where it cannot be told.
    """

    best: str | None
    trials: tuple[SweepTrial, ...]
    method: Literal["grid", "random", "tpe"]
    study: str
    best_config: str | None
    patch: Mapping[str, object]
    dev_error: float | None
    train_error: float | None
    verdict: str | None
    stopped: Literal["finished", "interrupted"]
    seconds: float
    honesty: Honesty | None


@dataclass(frozen=True, slots=True)
class SweepProgress(Value):
    """A sweep as it stands.

    Attributes:
        trials: Those that are over.
        trying: Patch of each training under way.
        planned: How many there are at most.
    """

    trials: tuple[SweepTrial, ...]
    trying: tuple[Mapping[str, object], ...]
    planned: int
