"""Reading histories whose course is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dlrecipe.recipe.trend import moved, outlook, smooth, turn, unstable


def test_an_exponential_fall_is_continued_to_where_it_would_go(history):
    losses = [0.2 + math.exp(-epoch / 50) for epoch in range(101)]
    ahead = outlook(history(losses))
    exact = 0.2 + np.mean([math.exp(-epoch / 50) for epoch in range(91, 101)]) * math.exp(
        -(ahead.times - 1) * 2
    )
    assert ahead.now == pytest.approx(np.mean(losses[-10:]))
    assert ahead.later == pytest.approx(exact, rel=0.01)
    assert ahead.times == pytest.approx(1 + math.log(10) / 2, rel=0.02)


@pytest.mark.parametrize(
    "losses",
    [
        [0.7],
        [0.7] * 50,
        [0.4 + 0.3 * math.exp(-epoch / 2) for epoch in range(101)],
        [0.5 + 0.001 * epoch for epoch in range(50)],
        [0.5 - 0.00005 * epoch for epoch in range(101)],  # falls, but not worth waiting for
    ],
)
def test_there_is_no_outlook_where_nothing_falls(history, losses):
    assert outlook(history(losses)) is None


def test_noise_about_a_level_is_no_fall(history):
    found = 0
    for seed in range(50):
        losses = 0.5 + np.random.default_rng(seed).normal(0, 0.05, 101)
        found += outlook(history(losses.tolist())) is not None
    assert found <= 5


def test_a_fall_shows_through_noise(history):
    noise = np.random.default_rng(0).normal(0, 0.005, 101)
    losses = np.exp(-np.arange(101) / 60) + noise
    assert outlook(history(losses.tolist())) is not None


@pytest.mark.parametrize("losses", [[0.7, 0.5], [0.7, 0.6, 0.5], [0.7, 0.6, 0.52, 0.45]])
def test_few_epochs_are_enough_to_see_a_fall(history, losses):
    ahead = outlook(history(losses))
    assert 2 <= ahead.times <= 4
    assert ahead.later < losses[-1]


def test_how_far_the_cost_moved(history):
    assert moved(history([2.0, 1.5, 1.0])) == pytest.approx(0.5)
    assert moved(history([2.0, 3.0])) == pytest.approx(-0.5)
    assert moved(history([2.0])) == 0


def test_a_cost_that_shot_up_or_jumps_about_is_unstable(history):
    assert unstable(history([1.0, 1.6, 0.2, 0.1]))
    assert unstable(history([1.0, *[0.5, 0.7] * 10]))
    assert not unstable(history([1.0, *[0.5, 0.51] * 10]))
    assert not unstable(history([math.exp(-epoch / 10) for epoch in range(50)]))
    assert not unstable(history([1.0]))


def test_a_smooth_fall_has_no_rise_in_its_second_half(history):
    assert smooth(history([1.0, 1.1, 0.9, 0.8, 0.7]))
    assert not smooth(history([1.0, 0.9, 0.8, 0.7, 0.71]))
    assert not smooth(history([1.0]))


def test_the_dev_loss_turns_where_it_is_lowest_well_before_the_end(history):
    losses = [1.0] * 11
    assert turn(history(losses, [1, 0.8, 0.6, 0.5, *[0.54] * 7])).epoch == 3
    assert turn(history(losses, [1, 0.8, 0.6, 0.5, *[0.51] * 7])) is None
    assert turn(history(losses, [1.0 - 0.05 * epoch for epoch in range(11)])) is None


def test_what_is_not_finite_is_passed_over(history):
    losses = [0.7, 0.6, 0.5, math.inf, math.nan]
    assert outlook(history(losses)).now == pytest.approx(0.5)
    assert moved(history(losses)) == pytest.approx(1 - 0.5 / 0.7)
    assert turn(history([math.nan] * 3)) is None
