"""Stacked networks get the bits that each gets alone."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from dlrecipe.errors import UsageError
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import OPTIMIZERS, Examples, Problem, Schedule, epochs, start
from dlrecipe.training.stacked import same_bits, shape, stacked_epochs

VARIANTS = (
    {"penalty": Penalty(), "learning_rate": 1e-2, "keep_prob": (1.0, 1.0), "seed": 0},
    {"penalty": Penalty(1.0, 0.5), "learning_rate": 3e-3, "keep_prob": (0.7, 1.0), "seed": 1},
    {"penalty": Penalty(3.0, 1.0), "learning_rate": 1e-2, "keep_prob": (0.5, 0.8), "seed": 2},
    {"penalty": Penalty(0.2), "learning_rate": 2e-2, "keep_prob": (1.0, 0.9), "seed": 2},
)
HALVING = Schedule("step", {"every": 1, "factor": 0.5})


def examples_for(loss, seed=0):
    rng = np.random.default_rng(seed)
    y = {"softmax": rng.integers(0, 3, 100), "sigmoid": rng.integers(0, 2, 100)}.get(
        loss, rng.standard_normal(100)
    )
    outputs = 3 if loss == "softmax" else 1
    return Examples.encode(rng.standard_normal((100, 5)), y, loss, outputs, np.float32)


def problems_of(activation="relu", loss="softmax", optimizer="adam", batch_size=32, variants=VARIANTS):
    examples = examples_for(loss)
    outputs = examples.Y.shape[1]
    dev = examples.rows(np.arange(30))
    return [
        Problem(
            Network((5, 7, 6, outputs), ACTIVATIONS[activation], LOSSES[loss], variant["penalty"]),
            examples,
            dev,
            optimizer,
            variant["learning_rate"],
            batch_size,
            3,
            variant["keep_prob"],
            variant["seed"],
            HALVING if variant["seed"] == 1 else Schedule(),
        )
        for variant in variants
    ]


def outcome(state):
    slots = {name: slot.tobytes() for name, slot in state.slots.items()}
    return state.theta.tobytes(), slots, state.epoch, state.steps


def alone(problem):
    state = start(problem, "he")
    records = [epoch._replace(seconds=0) for epoch in epochs(problem, state)]
    return outcome(state), records


def assert_equal_to_alone(problems):
    """To the bit where `same_bits` promises it, as it does with OpenBLAS; else to float32's rounding."""
    states = [start(problem, "he") for problem in problems]
    promised = same_bits(problems, [state.theta for state in states])
    rows = [
        [epoch._replace(seconds=0) for epoch in together] for together in stacked_epochs(problems, states)
    ]
    for problem, state, records in zip(problems, states, zip(*rows, strict=True), strict=True):
        expected, expected_records = alone(problem)
        if promised:
            assert (outcome(state), list(records)) == (expected, expected_records)
        else:
            np.testing.assert_allclose(np.array(records), np.array(expected_records), rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize(("activation", "loss", "optimizer"), list(product(ACTIVATIONS, LOSSES, OPTIMIZERS)))
@pytest.mark.parametrize("batch_size", [32, None])
def test_mixed_networks_get_the_bits_of_each_alone(activation, loss, optimizer, batch_size):
    assert_equal_to_alone(problems_of(activation, loss, optimizer, batch_size))


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
@pytest.mark.parametrize("batch_size", [32, 99, None])
def test_the_promise_is_given_with_openblas(activation, loss, batch_size):
    """Without this, `same_bits` could say no everywhere, and the tests above would compare roughly only."""
    if "openblas" not in {library["internal_api"] for library in threadpool_info()}:
        pytest.skip("another BLAS may round its slices otherwise")
    problems = problems_of(activation, loss, batch_size=batch_size)
    assert same_bits(problems, [start(problem, "he").theta for problem in problems])


@pytest.mark.parametrize("batch_size", [32, 50, 99, None])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_stack_of_one(batch_size, variant):
    assert_equal_to_alone(problems_of(batch_size=batch_size, variants=[variant]))


def test_networks_may_have_examples_of_their_own():
    first, second, *rest = problems_of()
    assert_equal_to_alone([first, replace(second, train=examples_for("softmax", seed=1)), *rest])


def test_a_stack_of_more_than_one_block():
    problems = [
        replace(problem, network=replace(problem.network, sizes=(5, 300, 200, 3)))
        for problem in problems_of(variants=VARIANTS[1:])
    ]
    assert_equal_to_alone(problems)


def test_a_copied_state_stays_and_some_networks_go_on():
    problems = problems_of()
    states = [start(problem, "he") for problem in problems]
    for records in stacked_epochs(problems, states):
        if records[0].epoch == 1:
            kept = [state.copy() for state in states]
    assert [state.epoch for state in kept] == [1] * 4
    later = list(stacked_epochs(problems[1:3], kept[1:3]))
    assert len(later) == 2
    for k in (1, 2):
        assert outcome(kept[k]) == outcome(states[k]) == alone(problems[k])[0]
    assert outcome(kept[0]) != outcome(states[0])


def test_a_diverged_network_leaves_its_neighbours_alone():
    first, second, *rest = problems_of("identity", "squared", "gd")
    problems = [first, replace(second, learning_rate=1e30), *rest]
    states = [start(problem, "he") for problem in problems]
    last = list(stacked_epochs(problems, states))[-1]
    assert not np.isfinite(last[1].cost)
    for k in (0, 2, 3):
        assert outcome(states[k]) == alone(problems[k])[0]


def test_what_has_not_one_shape_is_refused():
    first, second, *_ = problems_of()
    wider = replace(second, batch_size=16)
    assert shape(first) == shape(second) != shape(wider)
    with pytest.raises(UsageError, match="2 shapes"):
        next(stacked_epochs([first, wider], [start(first, "he"), start(wider, "he")]))
    lbfgs = replace(first, optimizer="lbfgs")
    with pytest.raises(UsageError, match="lbfgs"):
        next(stacked_epochs([lbfgs], [start(lbfgs, "he")]))
    states = [start(first, "he"), start(second, "he")]
    states[0].epoch = 1
    with pytest.raises(UsageError, match="one epoch"):
        next(stacked_epochs([first, second], states))


def test_a_difference_in_the_last_bit_is_seen(monkeypatch):
    problems = problems_of()
    thetas = [start(problem, "he").theta for problem in problems]
    matmul = np.matmul

    def rounded_otherwise(a, b, out):
        matmul(a, b, out)
        out[-1].flat[0] = np.nextafter(out[-1].flat[0], np.inf, dtype=np.float32)

    monkeypatch.setattr(np, "matmul", rounded_otherwise)
    assert not same_bits(problems, thetas)
