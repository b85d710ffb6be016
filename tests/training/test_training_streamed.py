"""Examples on disk train as those in memory do, in an order of blocks."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from dlrecipe.errors import UsageError
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import Examples, Problem, Streamed, epochs, score, start, streamed

M, N = 3000, 5


class Array:
    """An array that has to be read."""

    def __init__(self, X):
        self.X, self.shape = X, X.shape

    def read(self, at, X):
        X[:] = self.X[at]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Blocks of 16 examples, groups of about 512."""
    monkeypatch.setattr(streamed, "BLOCK", 16 * 4 * N)
    monkeypatch.setattr(streamed, "GROUP", 512 * 4 * N)


def both(outputs=1, m=M):
    """The same examples in memory and on disk."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((m, N)).astype(np.float32)
    loss = "softmax" if outputs > 1 else "sigmoid"
    y = (np.abs(X[:, 0] + X[:, 1]) * 2).astype(np.int64).clip(0, max(1, outputs - 1))
    return (
        Examples.encode(X, y, loss, outputs, np.float32),
        Streamed(Array(X), y, loss, outputs, np.dtype(np.float32)),
    )


def problem_of(train, dev, outputs=1):
    loss = LOSSES["softmax" if outputs > 1 else "sigmoid"]
    network = Network((N, 8, 4, outputs), ACTIVATIONS["relu"], loss, Penalty(0.1, 0.5))
    return Problem(network, train, dev, "adam", 0.01, 50, 4, (0.8, 1.0), 3)


def run(problem):
    state = start(problem, "he")
    history = [epoch._replace(seconds=0.0) for epoch in epochs(problem, state)]
    return history, state


@pytest.mark.parametrize(("m", "size"), [(M, 50), (M, 64), (M, 512), (M, 1000), (513, 7), (3, 2)])
def test_an_epoch_visits_each_example_once(m, size):
    memory, disk = both(m=m)
    rng = np.random.default_rng(1)
    groups, visited = [], []
    for group, order in disk.shuffled(rng, size):
        groups.append(len(order))
        assert len(group.X) == len(group.Y) == len(order)
        visited.append(np.column_stack([group.X[order], group.Y[order]]))
    expected = np.column_stack([memory.X, memory.Y])
    seen = np.concatenate(visited)
    np.testing.assert_array_equal(seen[np.lexsort(seen.T)], expected[np.lexsort(expected.T)])
    assert all(length % size == 0 for length in groups[:-1])


def test_the_order_is_the_generators_alone_and_mixes_far_blocks():
    _, disk = both()
    disk = replace(disk, y=np.arange(M), loss="squared")

    def order(seed):
        shuffled = disk.shuffled(np.random.default_rng(seed), 50)
        return np.concatenate([group.Y[order, 0] for group, order in shuffled])

    np.testing.assert_array_equal(order(1), order(1))
    assert (order(1) != order(2)).any()
    batches = order(1)[: M // 50 * 50].reshape(-1, 50)
    assert np.ptp(batches, axis=1).min() > M / 2
    assert np.corrcoef(order(1), np.arange(M))[0, 1] < 0.3


@pytest.mark.parametrize("outputs", [1, 3])
def test_one_group_in_the_order_of_the_memory_gives_the_same_bits(outputs, monkeypatch):
    memory, disk = both(outputs)
    monkeypatch.setattr(streamed, "BLOCK", M * 4 * N)
    monkeypatch.setattr(streamed, "GROUP", M * 4 * N)

    def alike(self, rng, _size):
        return iter([(self, (rng.permutation(1), rng.permutation(len(self)))[1])])

    monkeypatch.setattr(Examples, "shuffled", alike)  # the one block is drawn first
    one, two = run(problem_of(memory, memory, outputs)), run(problem_of(disk, disk, outputs))
    assert one[0] == two[0]
    assert one[1].theta.tobytes() == two[1].theta.tobytes()


def test_measured_with_the_same_bits():
    memory, disk = both(3)
    problem = problem_of(memory, memory, 3)
    theta = start(problem, "he").theta
    assert score(problem.network, theta, disk) == score(problem.network, theta, memory)


def test_going_on_from_a_copy_gives_the_same_bits(resumed):
    memory, disk = both()
    problem = problem_of(disk, memory)
    _, whole = run(problem)
    assert resumed(problem, 2).tobytes() == whole.theta.tobytes()


def test_blocks_train_as_well_as_single_examples():
    memory, disk = both()
    in_memory, on_disk = (run(problem_of(train, memory))[0][-1].loss for train in (memory, disk))
    assert on_disk == pytest.approx(in_memory, rel=0.1)


def test_what_needs_all_examples_says_so():
    _, disk = both()
    with pytest.raises(UsageError, match="on disk"):
        _ = problem_of(disk, disk).in_memory


def test_a_failure_of_the_reader_is_the_trainings():
    memory, disk = both()
    problem = problem_of(disk, memory)
    stream = epochs(problem, start(problem, "he"))
    list(itertools.islice(stream, 2))

    def fail(_at, _X):
        raise OSError("gone")

    disk.inputs.read = fail
    with pytest.raises(OSError, match="gone"):
        next(stream)
