"""What is known of runs from outside: their list, and a model's error on a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Document, Value

Status = Literal["finished", "running", "interrupted", "diverged", "failed"]


@dataclass(frozen=True, slots=True)
class RunSummary(Value):
    """One line of `runs list`."""

    run: str
    status: Status
    dev_error: float | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class RunList(Document):
    """What `runs list --json` prints."""

    runs: tuple[RunSummary, ...]


@dataclass(frozen=True, slots=True)
class Evaluation(Document):
    """What `evaluate --json` prints: the error on the test part or a file, with its 95 % interval."""

    examples: int
    error: float
    loss: float
    interval: tuple[float, float]
    run: str
    data: str


@dataclass(frozen=True, slots=True)
class Exported(Document):
    """What `export --json` prints: the file written, its README, its format and its size."""

    run: str
    file: str
    readme: str
    format: str
    bytes: int
