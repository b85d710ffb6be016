"""What a training runs on: BLAS threads and elementwise kernels, chosen by fixed rules before it begins.

Another number of threads changes the last bits of a matrix product, so nothing here is measured while
running: the same problem gets the same engine, which is recorded and restored on resume.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from dlrecipe.errors import UsageError
from dlrecipe.training import Engine, has_numba

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.config import Config
    from dlrecipe.training import Problem

MANY_FLOPS = 4e9
"""Floating-point operations a step from which on a second thread gains more than it costs under load."""

MOST_THREADS = 4
"""Threads at most: steps of the sizes that fit a CPU's memory gain little from more."""

WORTH_COMPILING = 3.0
"""Seconds that compiled kernels must be expected to save: loading or compiling them takes one to three."""


def limited(threads: int) -> threadpool_limits:
    """A context in which BLAS uses this many threads."""
    return threadpool_limits(limits=threads, user_api="blas")


def record(engine: Engine) -> dict[str, object]:
    """What decides the bits of a run on this machine, for `result.json`."""
    pools: list[Any] = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    own = [pool for pool in pools if "numpy" in pool["filepath"]]  # SciPy and others may bring theirs
    return {
        "dlrecipe": version("dlrecipe"),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "machine": platform.machine(),
        "blas": sorted(
            f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}"
            for pool in own or pools
        ),
        "threads": engine.threads,
        "kernels": engine.kernels,
        "numba": version("numba") if engine.kernels == "numba" else None,
    }


def other_environment(recorded: Mapping[str, object], engine: Engine) -> list[str]:
    """What decides the bits and is not here as it was then, as `numpy: 2.0.0 then, 2.1.0 now`."""
    now = record(engine)
    return [
        f"{name}: {recorded[name]} then, {now.get(name)} now"
        for name in ("dlrecipe", "numpy", "machine", "blas", "numba")
        if name in recorded and recorded[name] != now.get(name)
    ]


def choose_engine(config: Config, problem: Problem) -> Engine:
    """The engine of a new training: what the config says, or what its rules give.

    Raises:
        UsageError: The config asks for Numba, which is not installed.
    """
    threads, kernels = config.training.threads, config.training.kernels
    if kernels == "numba" and not has_numba():
        raise UsageError(
            'training.kernels is numba, which is not installed: python -m pip install "dlrecipe[fast]"'
        )
    if kernels == "auto":
        worth = seconds_saved(problem, config.training.patience) >= WORTH_COMPILING
        kernels = "numba" if worth and has_numba() else "numpy"
    return Engine(threads_for(problem) if threads == "auto" else threads, kernels)


def threads_for(problem: Problem) -> int:
    """One thread, unless a step is long enough to pay for the meeting of several."""
    parameters = sum(n_in * n_out for n_in, n_out in pairwise(problem.network.sizes))
    flops = 6.0 * (problem.batch_size or problem.m) * parameters
    return min(_cores(), MOST_THREADS) if flops >= MANY_FLOPS else 1


def seconds_saved(problem: Problem, patience: int | None) -> float:
    """What compiled kernels save at least: until the epochs end, or patience with a training without luck.

    Measured once: about 20 µs a step, 0.3 ns for each parameter and slot, 0.3 ns for each activation.
    """
    if problem.optimizer == "lbfgs":
        return 0.0
    batch = min(problem.batch_size or problem.m, problem.m)
    epochs = problem.epochs if patience is None else min(problem.epochs, patience)
    steps = epochs * -(-problem.m // batch)
    per_step = 20e-6 + 0.9e-9 * problem.network.layout.size + 0.3e-9 * batch * sum(problem.network.hidden)
    return steps * per_step


def _cores() -> int:
    """Processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
