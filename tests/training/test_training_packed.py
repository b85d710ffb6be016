"""Examples that are bytes train and are measured with the bits of those that are floats."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from dlrecipe.data import PackedRows
from dlrecipe.errors import UsageError
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import (
    METRICS,
    OPTIMIZERS,
    PLAIN,
    Examples,
    Packed,
    Problem,
    epochs,
    packed,
    score,
    start,
)
from dlrecipe.training.evaluation import Evaluator, evaluator

M, N = 3000, 5


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Pieces of two chunks."""
    monkeypatch.setattr(packed, "PIECE", 2048 * 4 * N)


def both(loss="sigmoid", dtype=np.float32, *, weighted=False):
    """The same examples as floats, and as bytes."""
    rng = np.random.default_rng(0)
    codes, rows = rng.integers(0, 256, (2 * M, N), np.uint8), rng.permutation(2 * M)[:M]
    mean, scale = codes[rows].mean(0), codes[rows].std(0)
    X = ((codes[rows] - mean) / scale).astype(np.float32)
    y = X[:, 0] * X[:, 1] if loss == "squared" else (np.abs(X[:, 0]) * 2).astype(np.int64).clip(0, 1)
    outputs = 2 if loss == "softmax" else 1
    weights = rng.random(M) + 0.5 if weighted else None
    floats = Examples.encode(X, y, loss, outputs, dtype, weights)
    return floats, Packed.encode(PackedRows(codes, rows, mean, scale), y, loss, outputs, dtype, weights)


def problem_of(train, dev, loss="sigmoid", optimizer="adam", batch_size=64, metric="error"):
    network = Network((N, 8, train.Y.shape[1]), ACTIVATIONS["relu"], LOSSES[loss], Penalty(0.1, 0.5))
    return Problem(network, train, dev, optimizer, 0.01, batch_size, 3, (0.8,), 3, metric=metric)


def outcome(problem, kernels=PLAIN):
    state = start(problem, "he")
    history = [epoch._replace(seconds=0.0) for epoch in epochs(problem, state, kernels)]
    return history, state.theta.tobytes()


@pytest.mark.parametrize(("loss", "optimizer", "weighted"), list(product(LOSSES, OPTIMIZERS, [False, True])))
def test_training_has_the_same_bits(loss, optimizer, weighted):
    ends = [outcome(problem_of(one, one, loss, optimizer)) for one in both(loss, weighted=weighted)]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("batch_size", [1000, 2999, 7])
def test_any_batch_has_the_same_bits(batch_size):
    ends = [outcome(problem_of(one, one, batch_size=batch_size)) for one in both()]
    assert ends[0] == ends[1]


def test_compiled_kernels_give_the_same_bits():
    compiled = pytest.importorskip("dlrecipe.training.compiled")
    floats, bytes_ = both()
    assert outcome(problem_of(bytes_, floats), compiled.COMPILED) == outcome(problem_of(floats, floats))


@pytest.mark.parametrize("metric", ["error", *METRICS])
def test_measured_with_the_same_bits(metric):
    floats, bytes_ = both()
    problem = problem_of(floats, floats, metric=metric)
    theta = start(problem, "he").theta
    assert score(problem.network, theta, bytes_, metric) == score(problem.network, theta, floats, metric)
    measured = [evaluator(problem.network, theta, one, metric=metric)() for one in (floats, bytes_)]
    assert measured[0] == measured[1]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_and_pieces_are_those_of_floats(dtype):
    floats, bytes_ = both("softmax", dtype, weighted=True)
    rows = np.array([7, 3, 2999, 3])
    pieces = list(bytes_.pieces(1024))
    whole = [np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("X", "Y", "weights")]
    assert [len(piece) for piece in pieces] == [2048, 952]
    for name, joined in zip(("X", "Y", "weights"), whole, strict=True):
        expected = getattr(floats, name)
        assert joined.dtype == expected.dtype == bytes_.dtype
        np.testing.assert_array_equal(joined, expected)
        np.testing.assert_array_equal(getattr(bytes_.rows(rows), name), expected[rows])


def test_what_needs_all_examples_says_so():
    floats, bytes_ = both()
    with pytest.raises(UsageError, match="or bytes"):
        _ = problem_of(bytes_, floats).in_memory
    assert isinstance(
        evaluator(problem_of(floats, floats).network, start(problem_of(floats, floats), "he").theta, floats),
        Evaluator,
    )
