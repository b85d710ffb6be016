"""dlrecipe as a user runs it: `dlrecipe.train`, its evaluations, history and checkpoints switched on."""

from __future__ import annotations

import tempfile
import time
from typing import TYPE_CHECKING

import dlrecipe
from benchmarks.timing import Cost

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.timing import Contender
    from benchmarks.workloads import Workload
    from dlrecipe.results import Epoch


def contender(workload: Workload, folder: Path, kernels: str, threads: int, epochs: int) -> Contender:
    """One epoch's cost, from the record before training until the last one has been dealt with.

    So the checkpoints are in it, the last one too; reading the data and the closing figures are not.
    """
    config = workload.config(folder, kernels, threads, epochs)

    def run() -> Cost:
        marks: list[tuple[float, float]] = []

        def watch(stream: Iterator[Epoch]) -> Iterator[Epoch]:
            for epoch in stream:
                if not marks:
                    marks.append(now())
                yield epoch
            marks.append(now())

        with tempfile.TemporaryDirectory() as runs:
            run = dlrecipe.train(config, runs, watch=watch)
        (cpu0, wall0), (cpu1, wall1) = marks
        return Cost((cpu1 - cpu0) / epochs, (wall1 - wall0) / epochs, run.history[-1].loss)

    return run


def now() -> tuple[float, float]:
    """Processor and wall seconds so far."""
    return time.process_time(), time.perf_counter()
