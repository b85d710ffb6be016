"""Training: dlrecipe with both kernels against scikit-learn, PyTorch and the bare matrix products."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from threadpoolctl import threadpool_limits

from benchmarks import gemm, goals, ours, peers
from benchmarks.rows import Row
from benchmarks.timing import interleaved
from benchmarks.workloads import WORKLOADS, Workload
from dlrecipe.training import has_numba

if TYPE_CHECKING:
    from benchmarks.timing import Clock, Contender, Measured

TOPICS = {1: "training, CPU time per epoch", 2: "training, wall time per epoch, 2 threads"}
KERNELS = ("numpy", "numba")
HEAVY = 10_000_000
"""Inputs from which a quick run takes a tenth of the examples, and says so."""
PART = "a tenth of the examples"
SAME_LOSS = 0.05
"""Contenders did the same work where their losses after training are within this share of each other."""


def rows(*, threads: int, quick: bool) -> Iterator[Row]:
    """Measure every workload; on more than one thread only in the full run."""
    if threads > 1 and quick:
        return
    for workload in WORKLOADS:
        yield from _workload(workload, threads, quick=quick)


def _workload(workload: Workload, threads: int, *, quick: bool) -> Iterator[Row]:
    examples = workload.m
    if quick and examples * workload.inputs > HEAVY:
        workload = replace(workload, m=examples // 10)
    with tempfile.TemporaryDirectory() as folder, limited(threads):
        entered = contenders(workload, Path(folder), threads, workload.epochs[quick], compiled=not quick)
        measured = interleaved(entered, 3 if quick else 7)
    for kernels in KERNELS:
        if kernels in measured:
            for row in _ratios(workload, kernels, threads, measured):
                yield row if workload.m == examples else replace(row, note=f"{row.note} {PART}".strip())


def contenders(
    workload: Workload, folder: Path, threads: int, epochs: int, *, compiled: bool
) -> dict[str, Contender]:
    """Everyone who trains this workload, by name, and its bare products; the data are made here."""
    prepared = workload.prepared(folder)
    kernels = [name for name in KERNELS if name == "numpy" or has_numba()]
    return {
        **{name: ours.contender(workload, folder, name, threads, epochs) for name in kernels},
        "scikit-learn": peers.scikit_learn(workload, prepared, epochs),
        "torch": peers.pytorch(workload, prepared, epochs),
        **({"torch.compile": peers.pytorch(workload, prepared, epochs, compiled=True)} if compiled else {}),
        # On two threads this is no floor: trainings were quicker than their products repeated on their own.
        **({"share": gemm.contender(workload)} if threads == 1 else {}),
    }


def _ratios(workload: Workload, kernels: str, threads: int, measured: dict[str, Measured]) -> Iterator[Row]:
    mine, floor = measured[kernels], measured.get("share")
    clock: Clock = "cpu" if threads == 1 else "wall"
    for name, peer in measured.items():
        if name in KERNELS:
            continue
        products = name == "share"
        same = products or workload.keep_prob < 1 or _close(mine, peer)
        ratio = peer.over(mine, clock)
        yield Row(
            topic=TOPICS[threads],
            what=f"{workload.name}, {kernels} kernels" + ("" if threads == 1 else f", {threads} threads"),
            against="share of the products' time" if products else name,
            ratio=ratio.median,
            goal=goals.training(workload.name, kernels, name) if threads == 1 else None,
            note=_note(same=same, limit=peer.over(floor, clock).median if floor and not products else None),
            spread=ratio.spread,
            wall=peer.over(mine, "wall").median if threads == 1 else None,
            detail={"ours": mine.to_dict(), "theirs": peer.to_dict()},
        )


def _note(*, same: bool, limit: float | None) -> str:
    """What bounds the ratio, the bare products' own; and whether the work was the same."""
    notes = [] if limit is None else [f"(the products alone: {limit:.2f})"]
    return " ".join(notes if same else [*notes, "the losses differ"])


def _close(mine: Measured, peer: Measured) -> bool:
    ours, theirs = mine.costs[-1].loss, peer.costs[-1].loss
    return abs(ours - theirs) <= SAME_LOSS * max(ours, theirs)


@contextmanager
def limited(threads: int) -> Iterator[None]:
    """A context in which BLAS and PyTorch use this many threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with threadpool_limits(threads, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)
