"""How an epoch's cost grows with examples, width, depth and batch size; a straight line where one belongs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks import goals, ours
from benchmarks.lines import fit
from benchmarks.rows import Row
from benchmarks.timing import interleaved
from benchmarks.workloads import Workload

BASE = Workload("scaling", 4096, 32, (64, 64), 2, 64, 1.0, 0.0, (10, 4))


def rows(*, quick: bool) -> Iterator[Row]:
    """The line through the costs at four sizes, along each direction."""
    directions = {
        "examples": [(m, replace(BASE, name=f"m{m}", m=m)) for m in (2048, 4096, 8192, 16384)],
        "depth": [(d, replace(BASE, name=f"d{d}", layers=(64,) * d)) for d in (1, 2, 4, 8)],
        "width squared": [(w * w, replace(BASE, name=f"w{w}", layers=(w, w))) for w in (128, 192, 256, 384)],
        "steps (1 / batch size)": [
            (4096 // b, replace(BASE, name=f"b{b}", batch=b)) for b in (32, 64, 128, 256)
        ],
    }
    for name, points in directions.items():
        with tempfile.TemporaryDirectory() as folder, threadpool_limits(1, user_api="blas"):
            contenders = {
                str(x): ours.contender(workload, Path(folder), "numpy", 1, workload.epochs[quick])
                for x, workload in points
            }
            measured = interleaved(contenders, 3 if quick else 7)
        sizes, seconds = [float(x) for x, _ in points], [measured[str(x)].cpu for x, _ in points]
        line = fit(sizes, seconds)
        costs = ", ".join(f"{1e3 * cost:.3g}" for cost in seconds)
        yield Row(
            "cost per epoch as a straight line: R²",
            name,
            "a line",
            line.r2,
            goals.STRAIGHT,
            note=f"{1e3 * line.start:.3g} ms + {1e6 * line.slope:.3g} µs each; ms: {costs}",
            detail={"x": sizes, "seconds": seconds},
        )
