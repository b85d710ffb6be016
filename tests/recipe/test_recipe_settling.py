"""How many examples settle a level: enough is certain, a fifth less is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlrecipe.recipe.judging import judge
from dlrecipe.recipe.settling import Settlement, settle
from dlrecipe.results import Figures

FIELDS = {"dev": "dev_size", "train_dev": "train_dev_size"}


def certain(figures, name, parts, size):
    grown = replace(figures, **{FIELDS[part]: max(size, getattr(figures, FIELDS[part])) for part in parts})
    return judge(grown, 0.02, 0.15).gaps[name].certain


def check_settled(figures, name):
    found = settle(judge(figures, 0.02, 0.15), name)
    assert found.size is not None
    assert certain(figures, name, found.parts, found.size)
    assert not certain(figures, name, found.parts, int(0.8 * found.size))
    assert found.size > min(getattr(figures, FIELDS[part]) for part in found.parts)
    return found


def test_the_variance_needs_a_larger_dev_set():
    found = check_settled(Figures(0.01, 0.045, train_size=800, dev_size=200), "variance")
    assert found.parts == ("dev",)
    assert len(str(found.size).rstrip("0")) <= 2


def test_the_variance_needs_a_larger_train_dev_set_where_that_rules():
    figures = Figures(0.01, 0.06, train_dev_error=0.045, train_size=800, dev_size=5000, train_dev_size=200)
    assert check_settled(figures, "variance").parts == ("train_dev",)


def test_the_mismatch_needs_what_is_cheapest():
    few_dev = Figures(0.01, 0.12, train_dev_error=0.06, train_size=800, dev_size=50, train_dev_size=5000)
    assert check_settled(few_dev, "mismatch").parts == ("dev",)
    few_of_both = replace(few_dev, train_dev_size=50)
    assert set(check_settled(few_of_both, "mismatch").parts) == {"dev", "train_dev"}


def test_of_several_ways_the_fewest_new_examples_are_asked_for():
    figures = Figures(0.1, 0.2, train_dev_error=0.11, train_size=800, dev_size=200, train_dev_size=50)
    found = check_settled(figures, "mismatch")
    assert found == Settlement(("train_dev",), 280)
    assert certain(figures, "mismatch", ("dev", "train_dev"), 280)  # no better, and 80 more to collect


def test_the_training_examples_can_be_the_limit():
    assert settle(
        judge(Figures(0.03, 0.031, train_size=100, dev_size=100), 0.02, 0.15), "bias"
    ) == Settlement(("train",), None)


def test_a_bias_that_only_the_share_leaves_open_is_settled_by_dev_examples():
    figures = Figures(0.1, 0.6, train_size=100_000, dev_size=100)
    assert judge(figures, 0.02, 0.15).bias.certain is False
    assert check_settled(figures, "bias").parts == ("dev",)


@pytest.mark.parametrize("figures", [Figures(0.03, 0.05, dev_size=100), Figures(0.0, 0.02, dev_size=50)])
def test_on_the_threshold_nothing_settles(figures):
    assert settle(judge(figures, 0.02, 0.15), "variance") == Settlement((), None)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 300), st.integers(0, 500), st.integers(0, 200), st.integers(1, 2000))
def test_every_settling_size_settles(train, dev, human, size):
    figures = Figures(train / 1000, dev / 1000, human / 1000, train_size=10_000, dev_size=size)
    diagnosis = judge(figures, 0.02, 0.15)
    assume(diagnosis.variance.certain is False)
    found = settle(diagnosis, "variance")
    if found.size is not None:
        assert certain(figures, "variance", found.parts, found.size)
        # rounding to two digits adds a tenth at most
        assert not certain(figures, "variance", found.parts, max(size, int(found.size / 1.11)))


def test_a_bootstrapped_interval_narrows_with_the_square_root_of_the_size():
    figures = Figures(
        0.05,
        0.10,
        0.0,
        train_size=5000,
        dev_size=100,
        train_interval=(0.045, 0.055),
        dev_interval=(0.05, 0.17),
    )
    diagnosis = judge(figures, 0.02, 0.15)
    assert diagnosis.variance.certain is False
    found = settle(diagnosis, "variance")
    assert found.parts == ("dev",)
    # 0.10 − 0.05·√(100/n) − 0.05 must be above 0.02
    assert found.size == pytest.approx(100 * (0.05 / 0.03) ** 2, rel=0.1)
