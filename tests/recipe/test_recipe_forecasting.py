"""Learning curves whose law is known, and points that carry none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.errors import UsageError
from dlrecipe.recipe.forecasting import forecast, power_law

SIZES = [125, 250, 500, 1000, 2000]


def law(sizes, a, b, c):
    return [a + b * (size / 125) ** -c for size in sizes]


@pytest.mark.parametrize(
    ("a", "b", "c"), [(0.02, 0.2, 0.5), (0.0, 0.3, 0.3), (0.1, 0.1, 1.0), (0.25, 0.05, 0.4)]
)
def test_a_power_law_is_continued(a, b, c):
    at = [4000, 8000, 16000]
    found = forecast(examples=SIZES, dev_errors=law(SIZES, a, b, c), at=at)
    for one, truth in zip(found, law(at, a, b, c), strict=True):
        assert one.interval[0] <= truth <= one.interval[1]
        assert one.dev_error == pytest.approx(truth, abs=0.02)
    assert found[0].reliable


def test_intervals_hold_the_truth_for_noisy_laws():
    rng = np.random.default_rng(1)
    held = []
    for _ in range(300):
        a, b, c = rng.uniform(0, 0.2), rng.uniform(0.05, 0.4), np.exp(rng.normal(np.log(0.45), 0.5))
        seen = np.array(law(SIZES, a, b, c)) + rng.normal(0, 0.008, len(SIZES))
        one, far = forecast(examples=SIZES, dev_errors=list(np.maximum(0, seen)), at=[4000, 16000])
        for found, size in ((one, 4000), (far, 16000)):
            truth = law([size], a, b, c)[0]
            held.append(found.interval[0] <= truth <= found.interval[1])
    assert np.mean(held) >= 0.93


def test_intervals_widen_with_distance_and_noise():
    calm = forecast(examples=SIZES, dev_errors=law(SIZES, 0.02, 0.2, 0.5), at=[2000, 4000, 8000, 16000])
    widths = [found.interval[1] - found.interval[0] for found in calm]
    assert widths == sorted(widths)
    noisy = [
        error + shift
        for error, shift in zip(law(SIZES, 0.02, 0.2, 0.5), (0, 0.05, -0.05, 0.05, 0), strict=True)
    ]
    (rough,) = forecast(examples=SIZES, dev_errors=noisy, at=[4000])
    assert rough.interval[1] - rough.interval[0] > widths[1]
    assert not rough.reliable


@pytest.mark.parametrize(
    ("examples", "errors"),
    [
        ([500], [0.1]),
        ([500, 1000], [0.12, 0.09]),
        ([500, 500, 1000, 1000], [0.12, 0.11, 0.09, 0.1]),
        ([1000, 1100, 1200], [0.12, 0.11, 0.105]),
    ],
)
def test_too_few_or_too_close_sizes_carry_nothing(examples, errors):
    (found,) = forecast(examples=examples, dev_errors=errors, at=[4000])
    assert (found.reliable, found.dev_error, found.interval) == (False, None, None)


def test_a_largest_size_that_nothing_foresaw_carries_nothing():
    (found,) = forecast(examples=[500, 1000, 2000, 4000], dev_errors=[0.12, 0.09, 0.07, 0.3], at=[8000])
    assert not found.reliable


def test_nothing_is_forecast_very_far():
    near, far = forecast(examples=SIZES, dev_errors=law(SIZES, 0.02, 0.2, 0.5), at=[8000, 10**6])
    assert near.reliable
    assert not far.reliable


def width_after(seeds, rng):
    errors = [error + rng.normal(0, 0.03) for error in law(SIZES, 0.05, 0.2, 0.5) for _ in range(seeds)]
    sizes = [size for size in SIZES for _ in range(seeds)]
    low, high = power_law(sizes, errors).fit().asymptote_interval
    return high - low


def test_more_seeds_narrow_the_law():
    rng = np.random.default_rng(0)
    few, many = (np.mean([width_after(seeds, rng) for _ in range(10)]) for seeds in (1, 10))
    assert many < few


def test_the_exponent_says_what_halves_a_gap():
    gap = power_law(SIZES, law(SIZES, 0.0, 0.3, 0.5), to_zero=True)
    times, (low, high) = gap.halving()
    assert low <= times <= high
    assert times == pytest.approx(2 ** (1 / 0.5), rel=0.1)  # exponents are tried a tenth apart


@pytest.mark.parametrize(
    ("examples", "errors", "at", "message"),
    [
        ([1, 2], [0.1], [4], "must be as many. Got 2 sizes and 1 errors"),
        ([], [], [4], "must hold a training-set size"),
        ([0, 2, 4], [0.1] * 3, [4], r"examples must be numbers of examples, 1 or more. Got 0\."),
        ([1, 2, 4], [0.1, float("nan"), 0.1], [4], "dev_errors must be fractions of 0 or more. Got nan"),
        ([1, 2, 4], [0.1] * 3, [-1], "at must be numbers of examples"),
    ],
)
def test_what_makes_no_sense_is_refused(examples, errors, at, message):
    with pytest.raises(UsageError, match=message):
        forecast(examples=examples, dev_errors=errors, at=at)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.floats(0, 2)), min_size=1, max_size=12),
    st.lists(st.integers(1, 10**8), max_size=4),
)
def test_any_points_give_finite_figures(points, at):
    found = forecast(examples=[size for size, _ in points], dev_errors=[error for _, error in points], at=at)
    assert [one.examples for one in found] == at
    for one in found:
        assert one.dev_error is None or (
            0 <= one.interval[0] <= one.dev_error <= one.interval[1] < float("inf")
        )
