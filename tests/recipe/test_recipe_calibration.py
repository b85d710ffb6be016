import numpy as np
import pytest

from dlrecipe.recipe.calibration import chance_calibration_error, expected_calibration_error, reliability


def test_bins_worked_by_hand():
    confidence = np.array([0.95, 0.99, 0.91, 1.0, 0.62, 0.68])
    right = np.array([True, True, False, True, False, True])
    first, second = reliability(confidence, right)
    assert (first.low, first.high, first.examples, first.right) == (0.6, 0.7, 2, 1)
    assert first.confidence == pytest.approx(0.65)
    assert (second.low, second.high, second.examples, second.right) == (0.9, 1.0, 4, 3)
    # (|2·0.65 − 1| + |3.85 − 3|)/6
    assert expected_calibration_error([first, second]) == pytest.approx((0.3 + 0.85) / 6)


def test_a_model_that_is_always_sure_and_half_wrong():
    bins = reliability(np.ones(10), np.arange(10) < 5)
    assert expected_calibration_error(bins) == pytest.approx(0.5)


def test_what_chance_gives_is_the_mean_deviation_of_a_binomial():
    stats = pytest.importorskip("scipy.stats")
    m = 50
    k = np.arange(m + 1)
    expected = (stats.binom.pmf(k, m, 0.55) * np.abs(k - 0.55 * m)).sum() / m
    assert chance_calibration_error(np.full(m, 0.55)) == pytest.approx(expected, rel=0.1)


def test_a_calibrated_model_shows_about_what_chance_gives():
    rng = np.random.default_rng(5)
    confidence = rng.uniform(0.5, 1.0, 4000)
    found = expected_calibration_error(reliability(confidence, rng.random(4000) < confidence))
    by_chance = chance_calibration_error(confidence)
    assert by_chance / 3 < found < 3 * by_chance
    overconfident = expected_calibration_error(reliability(confidence, rng.random(4000) < confidence - 0.1))
    assert overconfident > 5 * by_chance
