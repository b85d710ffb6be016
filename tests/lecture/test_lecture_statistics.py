import numpy as np
import pytest
from scipy import stats

from dlrecipe.lecture.statistics import mean_interval, mean_of, trials


def test_the_interval_is_scipys():
    values = np.random.default_rng(0).normal(3, 2, 8).tolist()
    expected = stats.t.interval(0.95, 7, loc=np.mean(values), scale=stats.sem(values))
    assert mean_interval(values) == pytest.approx(expected, rel=1e-3)


def test_seeds_share_no_trial():
    assert not set(trials(0, 20)) & set(trials(1, 20))


def test_the_whole_interval_must_keep_the_bounds():
    values = [0.9, 1.0, 1.1, 1.0, 1.0, 1.0]
    assert mean_of("", "", values, above=0.5, below=1.5).holds
    assert not mean_of("", "", values, above=0.99).holds
    assert not mean_of("", "", values, below=1.01).holds
    assert mean_of("", "", values).holds
    assert not mean_of("", "", values).judged
