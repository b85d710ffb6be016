"""The peak of a training's memory: against the number of examples, and of bytes that stay bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import goals
from benchmarks.child import PROGRAM, measure
from benchmarks.lines import fit
from benchmarks.rows import Row
from benchmarks.scaling import BASE

SIZES = (50_000, 100_000, 200_000, 400_000)
PICTURES, SIDE = 400_000, 28
"""Enough to stay bytes: 1.2 GB as float32."""
PICTURES_CONFIG = """
data: {source: X.npy, target: y.npy, task: classification}
network: {layers: [32]}
training: {batch_size: 256, epochs: 1, kernels: numpy, threads: 1}
"""


def rows(*, quick: bool) -> Iterator[Row]:
    """`dlrecipe train` on 32 columns, in quick runs a quarter of the examples, and on pictures."""
    yield _straight(quick=quick)
    yield _pictures()


def _straight(*, quick: bool) -> Row:
    sizes = [m // 4 for m in SIZES] if quick else list(SIZES)
    peaks = [_peak(m) for m in sizes]
    line = fit(sizes, peaks)
    size = 4 * BASE.inputs
    megabytes = ", ".join(f"{peak / 1e6:.0f}" for peak in peaks)
    return Row(
        "peak memory of a training as a straight line: R²",
        "examples",
        "a line",
        line.r2,
        goals.STRAIGHT,
        note=f"{line.start / 1e6:.0f} MB + {line.slope / size:.1f} × the inputs in float32; MB: {megabytes}",
        detail={"x": sizes, "bytes": peaks},
    )


def _pictures() -> Row:
    """Noise will do: only the memory counts."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        np.save(files / "X.npy", rng.integers(0, 256, (PICTURES, SIDE, SIDE), np.uint8))
        np.save(files / "y.npy", rng.integers(0, 10, PICTURES))
        (files / "pictures.yaml").write_text(PICTURES_CONFIG)
        peak = measure(PROGRAM, "train", f"{folder}/pictures.yaml", "--runs", f"{folder}/runs").peak
    size = PICTURES * SIDE**2
    return Row(
        "peak memory of a training",
        "pictures, a byte a pixel",
        f"{size / 1e6:.0f} MB of bytes",
        peak / size,
        goals.PICTURES_PEAK,
        at_most=True,
        note=f"{peak / 1e6:.0f} MB; as float32 the pictures alone are {4 * size / 1e6:.0f} MB",
        detail={"bytes": peak},
    )


def _peak(m: int) -> int:
    workload = replace(BASE, name=f"m{m}", m=m, batch=256)
    with tempfile.TemporaryDirectory() as folder:
        workload.config(Path(folder), "numpy", 1, 1)
        config = f"{folder}/{workload.name}.yaml"
        return measure(PROGRAM, "train", config, "--runs", f"{folder}/runs", "-S", "training.epochs=1").peak
