"""How many processes a sweep takes."""

from __future__ import annotations

import os
from dataclasses import dataclass

from dlrecipe.errors import UsageError

SPAWNING = 2.0
"""Seconds that new processes must be expected to save: each imports everything first."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who trains; it changes no result.

    Attributes:
        processes: Processes of this machine; None takes as many as pay.
        dask: Address of a Dask scheduler, whose workers are used instead.
    """

    processes: int | None = None
    dask: str | None = None

    def __post_init__(self) -> None:
        if self.processes is not None and self.processes < 1:
            raise UsageError(f"workers must be at least 1. Got {self.processes}.")
        if self.processes is not None and self.dask is not None:
            raise UsageError("--workers are processes of this machine; with --dask its workers train.")


def workers_for(seconds: float, trainings: int) -> int:
    """Return how many processes pay for trainings that take about as long as the first one did."""
    processes = max(1, min(_cores(), trainings))
    saved = seconds * trainings * (1 - 1 / processes)
    return processes if saved > SPAWNING else 1


def _cores() -> int:
    """Processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
