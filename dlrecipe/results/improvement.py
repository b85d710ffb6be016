"""What the recipe as a loop did: each step, the best config, and what the dev set can still tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Value
from dlrecipe.results.checksum import SealedDocument

Source = Literal["together", "suggestion", "fresh start", "neighbour"]
Outcome = Literal["better", "within noise", "worse", "cut short", "diverged", "failed", "out of time"]
Ending = Literal["trainings", "minutes", "target", "attained", "exhausted", "interrupted"]


@dataclass(frozen=True, slots=True)
class Step(Value):
    """One change that was tried on the best config so far.

    Attributes:
        suggestion: Id of the contract's suggestions.
        patch: What it changed, by dotted key.
        run: The training's folder; None where it failed before there was one.
        train_error, dev_error: Of its model; None where there is none.
        kept: Whether later steps build on it.
        settings: All that its config has otherwise than the first one, earlier steps' changes included.
        source: All causes together, one suggestion, a sane config that owes nothing to the best, or
            a move to a neighbouring setting.
        because: Why it was tried.
        outcome: How it compares with the best before it.
        reason: Why it was kept or reverted.
        p_value: Two-sided, of the paired test on the dev examples; None without a comparison.
        epochs: How many it trained.
        seconds: What it took.
    """

    suggestion: str
    patch: Mapping[str, object]
    run: str | None
    train_error: float | None
    dev_error: float | None
    kept: bool
    settings: Mapping[str, object]
    source: Source
    because: str
    outcome: Outcome
    reason: str
    p_value: float | None = None
    epochs: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Start(Value):
    """The training of the config as it was given."""

    run: str
    train_error: float
    dev_error: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Honesty(Value):
    """What is left of the best dev error once its choice among several trainings is accounted for.

    Attributes:
        candidates: Finished trainings the best was chosen from.
        corrected: The dev error to expect on new data.
        optimism: By how much the best dev error is too low; never below 0.
        interval: 95 % interval of `corrected`.
    """

    candidates: int
    corrected: float
    optimism: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Improvement(SealedDocument):
    """What `improve --json` prints.

    Attributes:
        trainings: Those that were begun, the first config's among them.
        seconds: Wall time, of all processes that worked on it one after the other.
        best: Folder of the best run.
        best_config: Its config as a file that `dlrecipe train` takes.
        dev_error: Of the best run.
        steps: In the order they were tried.
        study: Folder of the search.
        start: The training of the config as given.
        train_error: Of the best run.
        verdict: On the best run.
        changes: What the best config has otherwise than the given one.
        stopped: Why the loop ended.
        reason: The same in a sentence.
        honesty: What the choice among the trainings cost; None where nothing was chosen.
        next: What only a human can do now.
    """

    trainings: int
    seconds: float
    best: str
    best_config: str
    dev_error: float
    steps: tuple[Step, ...]
    study: str
    start: Start
    train_error: float
    verdict: str
    changes: Mapping[str, object]
    stopped: Ending
    reason: str
    honesty: Honesty | None
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress(Value):
    """The loop as it stands: what was done, and what is being tried.

    Attributes:
        start: None while the given config is trained.
        steps: Those that are judged.
        trying: Suggestion and patch of each training under way.
        trainings: How many there may be in all.
    """

    start: Start | None
    steps: tuple[Step, ...]
    trying: tuple[tuple[str, Mapping[str, object]], ...]
    trainings: int
