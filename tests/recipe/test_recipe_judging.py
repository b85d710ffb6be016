"""The verdict table, the judged gap, and what certainty means."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dlrecipe.errors import UsageError
from dlrecipe.recipe import diagnose, wilson
from dlrecipe.recipe.judging import human_bound, judge
from dlrecipe.results import Figures

NEITHER = "low bias and low variance"


@pytest.mark.parametrize(
    ("train", "dev", "human", "verdict"),
    [
        (1, 11, 0, "high variance"),
        (15, 16, 0, "high bias"),
        (15, 30, 0, "high bias and high variance"),
        (0.5, 1, 0, NEITHER),
        (15, 16, 15, NEITHER),
        (46, 48.4, 0, "high bias"),
        (8, 10, 1, "high bias"),
        (1, 15.5, 15, NEITHER),
        (1, 18, 15, "high variance"),
        (1, 5, 20, "high variance"),  # the human error is refuted: the raw gap is judged
        (1, 19, 20, NEITHER),  # below the human error by less than the tolerance
        (2, 2, 0, NEITHER),
        (2.1, 2.1, 0, "high bias"),
        (0, 100, 0, "high variance"),
        (100, 100, 0, "high bias"),
        (0, 0, 0, NEITHER),
    ],
)
def test_verdicts_of_two_errors(train, dev, human, verdict):
    assert diagnose(Figures(train / 100, dev / 100, human / 100)).verdict == verdict


@pytest.mark.parametrize(
    ("train", "train_dev", "dev", "verdict"),
    [
        (1, 5, 5, "high variance"),
        (10, 11, 12, "high bias"),
        (10, 11, 20, "high bias and high mismatch"),
        (1, 1.5, 10, "high mismatch"),
        (10, 20, 30, "high bias and high variance and high mismatch"),
    ],
)
def test_verdicts_with_a_train_dev_set(train, train_dev, dev, verdict):
    figures = Figures(train / 100, dev / 100, train_dev_error=train_dev / 100)
    assert diagnose(figures).verdict == verdict


@given(st.integers(0, 980), st.sampled_from([10, 20, 50]))
def test_a_gap_of_just_the_tolerance_is_low_however_its_decimals_round(thousandths, tolerance):
    train, dev = thousandths / 1000, (thousandths + tolerance) / 1000
    assume(dev <= 1)
    assert judge(Figures(train, dev, train), tolerance / 1000, 0.0).variance.level == "low"
    above = Figures(train, min(1.0, dev + 1e-6), train)
    assert judge(above, tolerance / 1000, 0.0).variance.level == ("high" if dev + 1e-6 <= 1 else "low")


def test_a_gap_of_just_the_share_is_high():
    assert judge(Figures(0.085, 0.1), 0.01, 0.15).variance.level == "high"
    assert judge(Figures(0.0851, 0.1), 0.01, 0.15).variance.level == "low"


def test_raw_and_judged_gap_differ_where_noise_is_fitted():
    diagnosis = judge(Figures(0.01, 0.155, 0.15, train_size=800, dev_size=200), 0.02, 0.15)
    assert diagnosis.variance.gap == pytest.approx(0.145)
    assert diagnosis.variance.judged == pytest.approx(0.005)
    low, high = wilson(0.155, 200)
    assert diagnosis.variance.interval == pytest.approx((low - 0.01, high - 0.01))
    assert diagnosis.bias.gap == diagnosis.bias.judged == pytest.approx(-0.14)


def test_the_mismatch_beyond_the_human_error_is_judged():
    diagnosis = judge(Figures(0.01, 0.155, 0.15, train_dev_error=0.05), 0.02, 0.15)
    assert diagnosis.variance.judged == pytest.approx(-0.1)
    assert diagnosis.mismatch.gap == pytest.approx(0.105)
    assert diagnosis.mismatch.judged == pytest.approx(0.005)
    above = judge(Figures(0.01, 0.25, 0.15, train_dev_error=0.2), 0.02, 0.15)
    assert (above.variance.judged, above.mismatch.judged) == pytest.approx((0.05, 0.05))


def test_a_human_error_that_chance_could_explain_is_kept():
    # 2 of 20: Wilson's interval reaches to 30 %, so 20 % is not refuted; of 200 it reaches to 15 %
    assert human_bound(Figures(0.01, 0.1, 0.2, dev_size=20), 0.02) == "above train"
    assert human_bound(Figures(0.01, 0.1, 0.2, dev_size=200), 0.02) == "refuted"
    assert human_bound(Figures(0.01, 0.1, 0.2), 0.02) == "refuted"
    assert human_bound(Figures(0.01, 0.18, 0.2), 0.02) == "above train"
    assert human_bound(Figures(0.05, 0.18, 0.02), 0.02) == "below"


def test_each_interval_moves_with_what_is_random_in_its_gap():
    figures = Figures(0.05, 0.2, 0.01, train_dev_error=0.1, train_size=1000, dev_size=200, train_dev_size=100)
    diagnosis = judge(figures, 0.02, 0.15)
    train, train_dev, dev = wilson(0.05, 1000), wilson(0.1, 100), wilson(0.2, 200)
    assert diagnosis.bias.interval == pytest.approx((train[0] - 0.01, train[1] - 0.01))
    assert diagnosis.variance.interval == pytest.approx((train_dev[0] - 0.05, train_dev[1] - 0.05))
    assert diagnosis.mismatch.interval == pytest.approx(
        (
            0.1 - math.hypot(0.2 - dev[0], train_dev[1] - 0.1),
            0.1 + math.hypot(dev[1] - 0.2, 0.1 - train_dev[0]),
        )
    )


@pytest.mark.parametrize(
    ("sizes", "known"),
    [
        ({}, set()),
        ({"train_size": 1000}, {"bias"}),
        ({"dev_size": 200}, set()),
        ({"train_dev_size": 100}, {"variance"}),
        ({"dev_size": 200, "train_dev_size": 100}, {"variance", "mismatch"}),
    ],
)
def test_without_its_sizes_a_gap_has_no_interval(sizes, known):
    gaps = judge(Figures(0.05, 0.2, train_dev_error=0.1, **sizes), 0.02, 0.15).gaps
    assert {name for name, gap in gaps.items() if gap.interval is not None} == known
    assert {name for name, gap in gaps.items() if gap.confidence is not None} == known
    assert {name for name, gap in gaps.items() if gap.certain is not None} == known


def test_certainty_worked_by_hand():
    # 9 of 200 in Wilson's interval is [2.39 %, 8.33 %]: less 1 %, the tolerance of 2 % lies inside
    assert judge(Figures(0.01, 0.045, dev_size=200), 0.02, 0.15).variance.certain is False
    assert judge(Figures(0.01, 0.045, dev_size=200), 0.0138, 0.0).variance.certain is True
    # 3 of 20 against nothing: [5.2 %, 36 %] is above 2 %, and variance is all of the excess
    assert judge(Figures(0.0, 0.15, dev_size=20), 0.02, 0.15).variance.certain is True
    assert judge(Figures(0.0, 0.0, dev_size=20), 0.02, 0.15).variance.certain is False
    assert judge(Figures(0.0, 0.0, dev_size=1000), 0.02, 0.15).variance.certain is True


def test_low_is_certain_as_soon_as_one_threshold_is_certainly_missed():
    # variance 3 % of 43 %: above the tolerance, but surely no 15 % of the excess
    gap = judge(Figures(0.40, 0.43, dev_size=10_000), 0.02, 0.15).variance
    assert (gap.level, gap.certain) == ("low", True)
    assert gap.interval[0] > 0.02


@pytest.mark.parametrize("error", [0.0, 1.0])
def test_errors_at_the_ends_are_judged(error):
    gaps = judge(Figures(error, error, train_size=1, dev_size=1), 0.02, 0.15).gaps
    assert all(0.5 <= gap.confidence <= 1 for gap in gaps.values())


def test_an_exactly_known_gap_is_certain():
    figures = Figures(0.1, 0.2, train_size=5, dev_size=5, task="regression", train_sd=0.0, dev_sd=0.0)
    gaps = judge(figures, 0.02, 0.15).gaps
    assert [(gap.level, gap.confidence, gap.certain) for gap in gaps.values()] == [("high", 1.0, True)] * 2


sizes = st.integers(1, 100_000)
errors = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@given(errors, errors, errors, st.none() | errors, st.tuples(sizes, sizes, sizes))
def test_certain_means_a_confidence_of_975_thousandths(train, dev, human, train_dev, behind):
    train_size, dev_size, train_dev_size = behind
    if train_dev is None:
        train_dev_size = None
    figures = Figures(train, dev, human, train_dev, train_size, dev_size, train_dev_size)
    for gap in judge(figures, 0.02, 0.15).gaps.values():
        assert gap.certain == (gap.confidence >= 0.975)
        assert 0.5 - 1e-6 <= gap.confidence <= 1
        low, high = gap.interval
        assert low <= gap.gap <= high


@given(errors, errors, sizes)
def test_with_the_tolerance_alone_certain_is_an_interval_on_one_side_of_it(train, dev, size):
    gap = judge(Figures(train, dev, dev_size=size), 0.02, 0.0).variance
    low, high = gap.interval
    assume(abs(low - 0.02) > 1e-6)
    assume(abs(high - 0.02) > 1e-6)
    assert gap.certain == (low > 0.02 or high < 0.02)


@given(errors, errors, errors)
def test_the_bias_needs_no_dev_size(train, dev, human):
    gap = judge(Figures(train, dev, human, train_size=500), 0.02, 0.15).bias
    low, high = wilson(train, 500)
    assert gap.interval == pytest.approx((low - human, high - human))
    assert gap.certain is not None


@pytest.mark.parametrize(
    ("figures", "thresholds", "named"),
    [
        (Figures(1.5, 0.1), {}, ["train_error"]),
        (Figures(0.1, -0.1, math.nan), {}, ["dev_error", "human_error"]),
        (Figures(0.1, 0.1, train_size=0, dev_size=-3), {}, ["train_size", "dev_size"]),
        (Figures(0.1, 0.1, train_dev_size=10), {}, ["train_dev_error"]),
        (Figures(0.1, math.inf, task="regression"), {}, ["dev_error"]),
        (Figures(0.1, 0.1), {"tolerance": -0.1, "share": 15}, ["tolerance", "share"]),
    ],
)
def test_figures_that_make_no_sense_are_refused_all_at_once(figures, thresholds, named):
    with pytest.raises(UsageError) as refusal:
        diagnose(figures, **thresholds)
    assert len(refusal.value.messages) == len(named)
    for message, name in zip(refusal.value.messages, named, strict=True):
        assert name in message


def test_a_regression_may_exceed_one():
    assert diagnose(Figures(0.9, 1.4, task="regression")).verdict == "high bias and high variance"
