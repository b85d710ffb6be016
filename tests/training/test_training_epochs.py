"""The generator of epochs: determinism, streams, schedules, stopping."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.results import Epoch
from dlrecipe.training import (
    OPTIMIZERS,
    Examples,
    Problem,
    Schedule,
    diverged,
    epochs,
    improves,
    start,
    stream,
    until_stale,
)
from dlrecipe.training.evaluation import SAMPLE


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((150, 5))
    examples = Examples.encode(X, (X[:, 0] * X[:, 1] > 0).astype(int), "sigmoid", 1, np.float32)
    network = Network((5, 8, 4, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty(0.1, 0.5))
    train, dev = examples.rows(np.arange(100)), examples.rows(np.arange(100, 150))
    return Problem(network, train, dev, "adam", 0.01, 32, 6, (0.8, 1.0), 3)


def run(problem):
    state = start(problem, "he")
    return list(epochs(problem, state)), state


def test_the_same_seed_gives_the_same_bits(problem):
    (first, one), (second, two) = run(problem), run(problem)
    assert one.theta.tobytes() == two.theta.tobytes()
    assert [e._replace(seconds=0) for e in first] == [e._replace(seconds=0) for e in second]


def test_another_seed_gives_others(problem):
    assert run(problem)[1].theta.tobytes() != run(replace(problem, seed=4))[1].theta.tobytes()


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS, "lbfgs"])
def test_going_on_from_a_copy_gives_the_same_bits(problem, optimizer, resumed):
    if optimizer == "lbfgs":
        wide = [Examples(part.X.astype(float), part.Y.astype(float)) for part in (problem.train, problem.dev)]
        problem = replace(problem, train=wide[0], dev=wide[1], keep_prob=(1.0, 1.0), batch_size=None)
    problem = replace(problem, optimizer=optimizer, schedule=Schedule("cosine", {"floor": 0.1}))
    _, whole = run(problem)
    assert resumed(problem, 3).tobytes() == whole.theta.tobytes()


def test_dropout_moves_neither_initialisation_nor_order(problem):
    without = replace(problem, keep_prob=(1.0, 1.0))
    assert start(problem, "he").theta.tobytes() == start(without, "he").theta.tobytes()
    orders = [stream(3, "shuffle", 2).permutation(100) for _ in range(2)]
    stream(3, "dropout", 2).random(1000)
    np.testing.assert_array_equal(*orders)


def test_first_record_is_before_training_and_cost_has_its_penalty(problem):
    records, _ = run(problem)
    assert [record.epoch for record in records] == list(range(7))
    theta = start(problem, "he").theta
    assert records[0].cost == pytest.approx(
        problem.network.cost(theta, problem.train.X, problem.train.Y), rel=1e-5
    )
    for record in records:
        assert record.cost == record.loss + record.penalty
        assert record.penalty > 0


def test_no_epochs_leave_the_initialisation(problem):
    records, state = run(replace(problem, epochs=0))
    assert len(records) == 1
    assert state.theta.tobytes() == start(problem, "he").theta.tobytes()


def test_batches_larger_than_the_set_are_full_batches(problem):
    whole = replace(problem, batch_size=None, keep_prob=(1.0, 1.0))
    assert run(whole)[1].theta.tobytes() == run(replace(whole, batch_size=100))[1].theta.tobytes()


def test_large_sets_are_measured_on_a_fixed_sample_but_pay_the_whole_penalty():
    rng = np.random.default_rng(0)
    big = Examples.encode(
        rng.standard_normal((SAMPLE + 500, 2)), rng.integers(0, 2, SAMPLE + 500), "sigmoid", 1, np.float32
    )
    network = Network((2, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty(50.0))
    problem = Problem(network, big, big.rows(np.arange(50)), "gd", 0.1, None, 0, (), 0)
    (record,), state = run(problem)
    rows = np.sort(stream(0, "sample").choice(len(big), SAMPLE, replace=False))
    sample = big.rows(rows)
    assert record.cost == pytest.approx(network.cost(state.theta, sample.X, sample.Y, m=len(big)), rel=1e-5)


def test_schedules():
    assert [Schedule().factor(e, 10) for e in (0, 9)] == [1, 1]
    assert [Schedule("step", {"every": 2, "factor": 0.5}).factor(e, 10) for e in range(5)] == [
        1,
        1,
        0.5,
        0.5,
        0.25,
    ]
    cosine = Schedule("cosine", {"floor": 0.2})
    assert [cosine.factor(e, 10) for e in (0, 5, 10)] == pytest.approx([1, 0.6, 0.2])
    assert Schedule("inverse", {"decay": 1.0}).factor(3, 10) == pytest.approx(1 / 4)


def test_the_learning_rate_column_follows_the_schedule(problem):
    scheduled = replace(problem, schedule=Schedule("inverse", {"decay": 1.0}), epochs=3)
    records, _ = run(scheduled)
    assert [record.learning_rate for record in records] == pytest.approx([0.01, 0.01, 0.005, 0.01 / 3])


def record(epoch, dev_error, dev_loss=1.0, cost=1.0):
    return Epoch(epoch, 0.0, cost, cost, 0.0, 0.0, dev_loss, dev_error, 1.0, 0.1)


def test_improvement_is_a_lower_error_or_the_same_with_a_lower_loss():
    assert improves(record(1, 0.1, 9.0), record(0, 0.2, 1.0))
    assert improves(record(1, 0.2, 0.9), record(0, 0.2, 1.0))
    assert not improves(record(1, 0.2, 1.0), record(0, 0.2, 1.0))
    assert not improves(record(1, 0.3, 0.1), record(0, 0.2, 1.0))
    assert not improves(record(1, float("nan"), 0.1), record(0, 0.2, 1.0))


def test_patience_counts_evaluations_in_a_row_without_improvement():
    errors = [0.5, 0.4, 0.4, 0.3, 0.3, 0.3, 0.2]
    seen = list(until_stale((record(i, error) for i, error in enumerate(errors)), patience=2))
    assert [(epoch.epoch, better) for epoch, better in seen] == [
        (0, True), (1, True), (2, False), (3, True), (4, False), (5, False),
    ]  # fmt: skip
    assert len(list(until_stale((record(i, 0.5) for i in range(9)), patience=None))) == 9


def test_divergence():
    first = record(0, 0.5, cost=2.0)
    assert diverged(record(1, 0.5, cost=float("nan")), first)
    assert diverged(record(1, 0.5, cost=float("inf")), first)
    assert diverged(record(1, 0.5, cost=2.1e6), first)
    assert not diverged(record(1, 0.5, cost=1.9e6), first)
    assert not diverged(record(1, 0.5, cost=0.9e6), record(0, 0.5, cost=0.1))


def test_gradient_descent_with_a_small_step_lowers_j_every_time(problem):
    steady = replace(
        problem, optimizer="gd", learning_rate=0.05, batch_size=None, keep_prob=(1.0, 1.0), epochs=200
    )
    smooth = replace(
        steady, network=replace(steady.network, activation=ACTIVATIONS["tanh"], penalty=Penalty(5.0))
    )
    records, _ = run(smooth)
    costs = [record.cost for record in records]
    assert all(b <= a + 1e-6 for a, b in itertools.pairwise(costs))
