"""The spread over seeds, against Student's distribution and simulation."""

import numpy as np
import pytest
from scipy import stats

from dlrecipe.recipe.intervals import wilson
from dlrecipe.recipe.seeding import student, widened


@pytest.mark.parametrize("freedom", [1, 2, 5, 10, 11, 20, 100])
def test_students_quantiles(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-3)


def test_seeds_that_agree_add_nothing():
    assert widened(0.1, (0.07, 0.14), [0.1, 0.1, 0.1]) == pytest.approx((0.07, 0.14))


def test_an_interval_by_hand():
    low, high = widened(0.10, (0.07, 0.14), [0.10, 0.12, 0.08])  # stdev 0.02, t 4.303
    assert low == pytest.approx(0.10 - np.hypot(0.03, 4.303 * 0.02))
    assert high == pytest.approx(0.10 + np.hypot(0.04, 4.303 * 0.02))


def test_it_covers_what_trainings_have_on_average():
    rng = np.random.default_rng(0)
    held = []
    for _ in range(2000):
        true = rng.normal(0.15, 0.02, 5)  # of five seeds
        hard = rng.random(400)  # the same dev examples for all
        seen = [float((hard < error).mean()) for error in true]
        low, high = widened(seen[0], wilson(seen[0], 400), seen)
        held.append(low <= 0.15 <= high)
    assert 0.94 <= np.mean(held) <= 1.0
