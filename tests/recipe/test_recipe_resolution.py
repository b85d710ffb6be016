"""The smallest gap that a dev set can show, against simulated dev sets."""

import numpy as np
import pytest

from dlrecipe.recipe import smallest_gap


@pytest.mark.parametrize(("error", "n"), [(0.05, 200), (0.2, 500), (0.02, 3000)])
def test_four_of_five_dev_sets_show_that_gap_and_few_a_half_of_it(error, n):
    gap = smallest_gap(error, n, "classification")
    beyond = error + 1.96 * np.sqrt(error * (1 - error) / n)
    rng = np.random.default_rng(0)

    def seen(true_error):
        return (rng.binomial(n, true_error, 20_000) / n > beyond).mean()

    assert seen(error + gap) == pytest.approx(0.8, abs=0.05)
    assert seen(error + gap / 2) < 0.5


def test_the_gap_of_a_regression_against_simulated_residuals():
    gap = smallest_gap(0.5, 400, "regression")
    beyond = 0.5 + 1.96 * 0.5 * np.sqrt(2 / 400)
    residuals = np.random.default_rng(1).normal(0, np.sqrt(0.5 + gap), (4000, 400))
    assert (np.square(residuals).mean(axis=1) > beyond).mean() == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_more_examples_show_smaller_gaps(task):
    gaps = [smallest_gap(0.1, n, task) for n in (20, 100, 1000, 100_000)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.005


def test_a_single_example_shows_nothing():
    assert smallest_gap(0.3, 1, "classification") == pytest.approx(0.7)
