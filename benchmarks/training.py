"""Training: dlrecipe with both kernels against scikit-learn, PyTorch and the bare matrix products."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from threadpoolctl import threadpool_limits

from benchmarks import gemm, ours, peers
from benchmarks.rows import Row
from benchmarks.timing import interleaved
from benchmarks.workloads import WORKLOADS, Workload
from dlrecipe.training import has_numba

if TYPE_CHECKING:
    from benchmarks.timing import Contender, Measured

SAME_LOSS = 0.15
"""Contenders did the same work where their losses after training are within this share of each other."""


def rows(*, quick: bool) -> Iterator[Row]:
    """Measure every workload on one thread, and in the full run also on two."""
    for threads in (1,) if quick else (1, 2):
        for workload in WORKLOADS:
            yield from _workload(workload, threads, quick=quick)


def _workload(workload: Workload, threads: int, *, quick: bool) -> Iterator[Row]:
    epochs = workload.epochs[quick]
    with tempfile.TemporaryDirectory() as folder, _limited(threads):
        prepared = workload.prepared(Path(folder))
        kernels = ("numpy", "numba") if has_numba() else ("numpy",)
        contenders: dict[str, Contender] = {
            name: ours.contender(workload, Path(folder), name, threads, epochs) for name in kernels
        }
        contenders["scikit-learn"] = peers.scikit_learn(workload, prepared, epochs)
        contenders["torch"] = peers.pytorch(workload, prepared, epochs)
        if not quick:
            contenders["torch.compile"] = peers.pytorch(workload, prepared, epochs, compiled=True)
        contenders["share"] = gemm.contender(workload)
        heavy = workload.name.startswith("M")
        measured = interleaved(contenders, (3 if not heavy else 1) if quick else 7)
    for name in kernels:
        yield from _ratios(workload, name, threads, measured)


def _ratios(workload: Workload, kernels: str, threads: int, measured: dict[str, Measured]) -> Iterator[Row]:
    mine, floor = measured[kernels], measured["share"]
    for name, peer in measured.items():
        if name in ("numpy", "numba"):
            continue
        same = name == "share" or workload.keep_prob < 1 or _close(mine, peer)
        yield Row(
            topic="training, CPU time per epoch"
            if threads == 1
            else "training, wall time per epoch, 2 threads",
            what=f"{workload.name}, {kernels} kernels",
            against="share of the products' time" if name == "share" else name,
            ratio=peer.cpu / mine.cpu if threads == 1 else peer.wall / mine.wall,
            goal=workload.goals.get((kernels, name)) if threads == 1 else None,
            note=_note(same=same, limit=None if name == "share" else peer.cpu / floor.cpu),
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
def _limited(threads: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with threadpool_limits(threads, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)
