"""The peak of a training's memory against the number of examples."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import goals
from benchmarks.child import PROGRAM, measure
from benchmarks.lines import fit
from benchmarks.rows import Row
from benchmarks.scaling import BASE

SIZES = (50_000, 100_000, 200_000, 400_000)


def rows(*, quick: bool) -> Iterator[Row]:
    """`dlrecipe train` on 32 columns; quick: a quarter of the examples."""
    sizes = [m // 4 for m in SIZES] if quick else list(SIZES)
    peaks = [_peak(m) for m in sizes]
    line = fit(sizes, peaks)
    size = 4 * BASE.inputs
    megabytes = ", ".join(f"{peak / 1e6:.0f}" for peak in peaks)
    yield Row(
        "peak memory of a training as a straight line: R²",
        "examples",
        "a line",
        line.r2,
        goals.STRAIGHT,
        note=f"{line.start / 1e6:.0f} MB + {line.slope / size:.1f} × the inputs in float32; MB: {megabytes}",
        detail={"x": sizes, "bytes": peaks},
    )


def _peak(m: int) -> int:
    workload = replace(BASE, name=f"m{m}", m=m, batch=256)
    with tempfile.TemporaryDirectory() as folder:
        workload.config(Path(folder), "numpy", 1, 1)
        config = f"{folder}/{workload.name}.yaml"
        return measure(PROGRAM, "train", config, "--runs", f"{folder}/runs", "-S", "training.epochs=1").peak
