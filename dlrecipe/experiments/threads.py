"""How many threads the matrix products use: a fixed rule, because another number changes the last bits."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

SMALL = 1
"""Threads for every network so far: two lose more on small products than they win on large ones."""


def limited(threads: int) -> threadpool_limits:
    """A context in which BLAS uses this many threads."""
    return threadpool_limits(limits=threads, user_api="blas")


def environment(threads: int) -> dict[str, object]:
    """What decides the bits of a run on this machine, for the record."""
    blas: list[Any] = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return {
        "dlrecipe": version("dlrecipe"),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "machine": platform.machine(),
        "blas": [f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}" for pool in blas],
        "threads": threads,
    }
