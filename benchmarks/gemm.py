"""The floor: the matrix products of an epoch and its evaluations, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.timing import Cost, clocked
from dlrecipe.training.evaluation import CHUNK, SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.timing import Contender
    from benchmarks.workloads import Workload


def contender(workload: Workload) -> Contender:
    """Time of an epoch's products: Z, dW and dA of every step, Z of the evaluated examples."""
    batch = workload.batch or workload.m
    steps = workload.m / batch
    evaluated = min(workload.m, SAMPLE) + workload.dev
    chunk = min(CHUNK, evaluated)
    training, evaluation = (
        _products(workload.sizes, batch, backward=True),
        _products(workload.sizes, chunk, backward=False),
    )
    flops = 6 * batch * sum(a * b for a, b in pairwise(workload.sizes))
    times = max(3, int(1e9 / flops))

    def run() -> Cost:
        train, evaluate = clocked(training, min(times, 2000)), clocked(evaluation, min(times, 2000))
        chunks = evaluated / chunk
        return Cost(train.cpu * steps + evaluate.cpu * chunks, train.wall * steps + evaluate.wall * chunks)

    return run


def _products(sizes: tuple[int, ...], examples: int, *, backward: bool) -> Callable[[], None]:
    rng = np.random.default_rng(0)
    A = [rng.standard_normal((examples, n), np.float32) for n in sizes]
    W = [rng.standard_normal((n_out, n_in), np.float32) / 30 for n_in, n_out in pairwise(sizes)]
    Z, dW = [np.empty_like(a) for a in A], [np.empty_like(w) for w in W]

    def products() -> None:
        for l, w in enumerate(W):
            np.dot(A[l], w.T, out=Z[l + 1])
        if backward:
            for l in range(len(W) - 1, -1, -1):
                np.dot(A[l + 1].T, A[l], out=dW[l])
                if l:
                    np.dot(A[l + 1], W[l], out=Z[l])

    return products
