"""The random hundred: which they are, and when they raise an alarm."""

import numpy as np
import pytest
from gradcheck_problems import draw

from dlrecipe.gradcheck.crosscheck import ENTRIES, disagreements, rounding, sample
from dlrecipe.gradcheck.regions import layout_regions
from dlrecipe.nn import Layout


def test_a_hundred_different_entries_with_some_of_every_block():
    regions = layout_regions(Layout((30, 20, 10, 3)))
    entries = sample(regions, np.random.default_rng(0))
    assert len(entries) == len(set(entries.tolist())) == ENTRIES
    for region in regions:
        assert np.isin(region.entries, entries).sum() >= min(3, region.entries.size)


def test_all_entries_where_there_are_few():
    regions = layout_regions(Layout((3, 2, 1)))
    assert sorted(sample(regions, np.random.default_rng(0))) == list(range(11))


def test_another_stream_takes_other_entries():
    regions = layout_regions(Layout((30, 20, 3)))
    first, second = (set(sample(regions, np.random.default_rng(seed)).tolist()) for seed in (0, 1))
    assert first != second


def test_the_noise_of_the_cost_is_measured():
    theta = np.random.default_rng(0).standard_normal(20)
    assert rounding(lambda t: 0.1 * float(t @ t), theta) < 1e-13
    cancelling = 1e6 * np.arange(20)
    assert rounding(lambda t: float(np.cumsum(cancelling * t)[-1] - cancelling @ t), theta) > 1e-11


@pytest.mark.parametrize(("factor", "alarms"), [(1.0, 0), (1 + 1e-4, 1)])
def test_an_alarm_only_where_the_cost_moves_otherwise(factor, alarms):
    p = draw()
    grad = p.network.objective(*p.data)[1]

    def cost(theta):
        return p.network.cost(theta, p.X, p.Y)

    regions = layout_regions(p.network.layout)
    approx = np.where(np.arange(grad.size) == grad.size - 1, factor * grad, grad)
    found = list(disagreements(cost, p.theta, approx, regions, 1e-7, np.random.default_rng(0)))
    assert len(found) == alarms
    if alarms:
        assert "at 1 of" in found[0]
        assert "most in db3 (2,)" in found[0]
