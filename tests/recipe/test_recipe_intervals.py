"""Intervals against published values, against sums worked by hand, and against simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe import error_interval, wilson
from dlrecipe.recipe.intervals import Condition, Z, combine, narrowed
from dlrecipe.recipe.judging import judge
from dlrecipe.results import Figures


def test_wilson_interval_worked_by_hand():
    # k = 0: the bounds are 0 and z²/(n + z²), here 3.8415/13.8415
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.27753), abs=1e-5)
    # k = n: its mirror image
    assert wilson(1.0, 10) == pytest.approx((1 - 0.27753, 1.0), abs=1e-5)
    # k = n/2: centre ½, half width z/(2·sqrt(n + z²)), here 1.95996/(2·sqrt(103.8415))
    assert wilson(0.5, 100) == pytest.approx((0.5 - 0.096169, 0.5 + 0.096169), abs=1e-6)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_in_table_one_of_newcombe_1998_on_single_proportions(k, n, low, high):
    assert wilson(k / n, n) == pytest.approx((low, high), abs=5e-5)


@given(st.floats(0, 1), st.integers(1, 10**7))
def test_wilson_bounds_solve_the_score_equation_and_hold_the_error(error, n):
    low, high = wilson(error, n)
    assert 0 <= low <= error <= high <= 1
    for bound in (low, high):
        assert n * (error - bound) ** 2 == pytest.approx(Z**2 * bound * (1 - bound), rel=1e-6, abs=1e-9 * n)


@given(st.floats(0, 1), st.integers(1, 10**6))
def test_more_examples_never_widen_the_interval(error, n):
    low, high = wilson(error, n)
    narrower_low, narrower_high = wilson(error, 2 * n)
    assert low <= narrower_low + 1e-12
    assert narrower_high <= high + 1e-12


def test_regression_interval_takes_the_measured_spread_or_that_of_normal_residuals():
    assert error_interval(0.5, 100, "regression", 2.0) == pytest.approx(
        (0.5 - 0.39199, 0.5 + 0.39199), abs=1e-5
    )
    assert error_interval(0.5, 100, "regression") == pytest.approx(
        (0.5 - Z * 0.5 * math.sqrt(0.02), 0.5 + Z * 0.5 * math.sqrt(0.02))
    )
    assert error_interval(0.5, 2, "regression", 2.0)[0] == 0
    assert error_interval(1.2, 10_000, "regression")[1] > 1.2


def test_the_spread_of_normal_residuals_is_what_squared_normal_numbers_have():
    squares = np.random.default_rng(0).normal(0, math.sqrt(0.3), 200_000) ** 2
    low, high = error_interval(squares.mean(), len(squares), "regression")
    measured_low, measured_high = error_interval(squares.mean(), len(squares), "regression", squares.std())
    assert high - low == pytest.approx(measured_high - measured_low, rel=0.02)


@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_difference_of_proportions_as_in_newcombe_1998_table_two_method_ten(k1, n1, k2, n2, low, high):
    estimates = (k1 / n1, k2 / n2)
    intervals = (wilson(k1 / n1, n1), wilson(k2 / n2, n2))
    assert combine((1, -1), estimates, intervals) == pytest.approx((low, high), abs=5e-5)


def test_a_combination_adds_squared_distances_to_the_bounds():
    # 2·10 − 1·4 = 16; below: (2·3)² and (1·4)², above: (2·1.5)² and (1·4)² where 4 is [0, 8]
    low, high = combine((2, -1), (10, 4), ((7, 11.5), (0, 8)))
    assert low == pytest.approx(16 - math.sqrt(36 + 16))
    assert high == pytest.approx(16 + math.sqrt(9 + 16))


def test_a_known_value_adds_nothing():
    assert combine((1, -1), (0.2, 0.1), ((0.1, 0.4), (0.1, 0.1))) == pytest.approx((0.0, 0.3))


def test_the_probability_of_a_condition():
    assert Condition(0.0, -1, 1).probability == pytest.approx(0.5)
    assert Condition(1.0, 0.0, 5.0).probability == pytest.approx(0.975)
    assert Condition(-1.0, -5.0, 0.0).probability == pytest.approx(0.025)
    assert Condition(1.0, 1.0, 1.0).probability == 1
    assert Condition(-1.0, -1.0, -1.0).probability == 0


def test_the_variance_interval_covers_the_expected_error_on_new_examples():
    rng = np.random.default_rng(1)
    for true_error, n in ((0.05, 200), (0.12, 100), (0.3, 1000)):
        covered = []
        for mistakes in rng.binomial(n, true_error, 2000):
            figures = Figures(0.01, mistakes / n, train_size=800, dev_size=n)
            low, high = judge(figures, 0.02, 0.15).variance.interval
            covered.append(low <= true_error - 0.01 <= high)
        assert 0.93 <= np.mean(covered) <= 0.975


def test_the_mismatch_interval_covers_the_difference_of_two_sampled_errors():
    rng = np.random.default_rng(2)
    covered = []
    for dev, train_dev in zip(rng.binomial(300, 0.2, 2000), rng.binomial(150, 0.1, 2000), strict=True):
        figures = Figures(
            0.1, dev / 300, train_dev_error=train_dev / 150, train_size=800, dev_size=300, train_dev_size=150
        )
        low, high = judge(figures, 0.02, 0.15).mismatch.interval
        covered.append(low <= 0.1 <= high)
    assert 0.93 <= np.mean(covered) <= 0.975


def test_the_variance_interval_of_a_regression_covers_the_expected_error():
    rng = np.random.default_rng(3)
    covered = []
    for _ in range(2000):
        squares = rng.normal(0, 0.5, 400) ** 2
        figures = Figures(
            0.1,
            squares.mean(),
            train_size=800,
            dev_size=400,
            task="regression",
            train_sd=0.2,
            dev_sd=squares.std(),
        )
        low, high = judge(figures, 0.02, 0.15).variance.interval
        covered.append(low <= 0.25 - 0.1 <= high)
    assert 0.925 <= np.mean(covered) <= 0.97


def test_a_narrowed_interval_keeps_its_skew():
    assert narrowed(0.1, (0.06, 0.2), 0.5) == pytest.approx((0.08, 0.15))
    assert narrowed(0.1, None, 0.5) is None
