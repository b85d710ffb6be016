import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.report.percent import percent, percents, sureness


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.0312, "3.1 %"),
        (0.004, "0.4 %"),
        (0.00031, "0.03 %"),
        (1.2, "120 %"),
        (0.0, "0.0 %"),
        (-0.0, "0.0 %"),
        (0.3 - 0.1 - 0.2, "0.0 %"),
        (1e-6, "0.0001 %"),
        (0.11, "11.0 %"),
        (0.9999, "100 %"),
        (0.999, "99.9 %"),
        (-0.0071, "-0.7 %"),
        (12.345, "1,234 %"),
        (1e30, "1e+32 %"),
        (math.inf, "not finite"),
        (math.nan, "not finite"),
    ],
)
def test_percent(fraction, text):
    assert percent(fraction) == text


@given(st.floats(1e-6, 1e3))
def test_percent_is_near_the_fraction(fraction):
    written = float(percent(fraction).removesuffix(" %").replace(",", "")) / 100
    assert written == pytest.approx(fraction, rel=0.51, abs=0.0) or abs(written - fraction) <= 0.0005


@pytest.mark.parametrize(
    ("fractions", "texts"),
    [
        ((0.01, 0.045, 0.02), ("1.0 %", "4.5 %", "2.0 %")),
        ((0.0202, 0.0452, 0.02), ("2.02 %", "4.52 %", "2.00 %")),
        ((0.02, 0.02), ("2.0 %", "2.0 %")),
        ((1.201, 1.204), ("120.1 %", "120.4 %")),
    ],
)
def test_percents_tell_different_fractions_apart(fractions, texts):
    assert percents(*fractions) == texts


@pytest.mark.parametrize(
    ("probability", "text"), [(1.0, ">99 %"), (0.994, "99 %"), (0.576, "58 %"), (0.002, "<1 %")]
)
def test_nothing_measured_is_certain(probability, text):
    assert sureness(probability) == text
