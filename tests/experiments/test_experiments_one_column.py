"""What one column tells of the target, against predicting every row by a loop over the others."""

import numpy as np
import pytest

from dlrecipe.experiments.checks.one_column import class_error, is_copy, value_error


def by_a_loop(values, y, classes):
    """The fraction of rows that the most frequent class among the others with their value does not tell."""
    wrong = 0
    for at, value in enumerate(values):
        others = [label for i, label in enumerate(y) if i != at and values[i] == value]
        counts = np.bincount(others or y, minlength=classes)
        wrong += int(counts.argmax() != y[at])
    return wrong / len(y)


@pytest.mark.parametrize("seed", range(5))
def test_repeated_values_tell_their_most_frequent_class(seed):
    rng = np.random.default_rng(seed)
    values, y = rng.integers(0, 6, 60).astype(float), rng.integers(0, 3, 60)
    assert class_error(values, y, 3) == pytest.approx(by_a_loop(values, y, 3))


def test_unique_values_tell_the_class_of_the_nearest():
    values = np.array([0.0, 1.0, 1.5, 10.0, 11.0, 30.0])
    y = np.array([0, 0, 1, 1, 1, 0])
    # 0→1 right; 1→1.5 wrong; 1.5→1 wrong; 10→11 right; 11→10 right; 30→11 wrong
    assert class_error(values, y, 2) == pytest.approx(3 / 6)


def test_a_smooth_relation_leaves_nothing_and_noise_everything():
    rng = np.random.default_rng(0)
    x = rng.normal(size=2000)
    assert value_error(x, np.exp(x)) < 5e-3
    assert value_error(x, rng.normal(size=2000)) > 1
    # a neighbour on each side averages to half the noise, which adds to the row's own
    assert value_error(x, x + rng.normal(0, 0.1, 2000)) == pytest.approx(1.5 * 0.01, rel=0.2)


def test_a_long_tail_does_not_hide_a_copy():
    y = np.exp(np.random.default_rng(0).normal(0, 2.5, 300))
    assert np.square(np.sort(y)[-1] - np.sort(y)[-2]) > 0.1 * y.var() * len(y)  # of one row
    assert value_error(0.19 * y, y) < 1e-12
    assert value_error(np.random.default_rng(1).normal(size=300), y) > 0.9


def test_repeated_values_tell_the_mean_of_the_others():
    values, y = np.array([1.0, 1.0, 1.0, 2.0, 2.0, 2.0]), np.array([0.0, 3.0, 3.0, 9.0, 9.0, 6.0])
    errors = [(0 - 3), (3 - 1.5), (3 - 1.5), (9 - 7.5), (9 - 7.5), (6 - 9)]
    assert value_error(values, y) == pytest.approx(np.mean(np.square(errors)) / y.var())


def test_a_copy_is_the_class_under_other_names():
    y = np.tile([0, 1, 2], 20)
    assert is_copy(np.array([7.0, 5.0, np.nan])[y], y)
    assert not is_copy(np.where(np.arange(60) == 3, 1.0, y), y)
    assert not is_copy(np.arange(60.0), y)
    assert not is_copy(np.zeros(60), np.zeros(60, int))
