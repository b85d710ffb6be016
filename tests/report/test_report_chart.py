"""Curves in the terminal."""

import math

import pytest
from report_histories import falling

from dlrecipe.report.chart import chart


def test_two_panels_with_axes_and_epochs():
    lines = chart(falling(), 100).splitlines()
    assert len(lines) == 8 + 3
    assert "J, with its penalty" in lines[0]
    assert "error: train solid, dev dotted" in lines[0]
    assert all(len(line) <= 100 for line in lines)
    assert lines[1].startswith("        2│")
    assert lines[-1].split() == ["0", "9", "0", "9"]


def test_ascii_is_ascii_and_tells_the_curves_apart():
    text = chart(falling(), 80, ascii_only=True)
    text.encode("ascii")
    assert "train *, dev o" in text
    assert {"*", "o"} <= set(text)


def test_a_falling_curve_goes_down_from_left_to_right():
    lines = chart(falling(), 80, ascii_only=True).splitlines()[1:9]
    columns = [line[:40].find("*") for line in lines]
    seen = [column for column in columns if column >= 0]
    assert seen == sorted(seen)
    assert len(seen) == 8


def test_a_wide_range_has_a_logarithmic_axis():
    wide = [epoch._replace(cost=10.0**-epoch.epoch) for epoch in falling()]
    assert "(log scale)" in chart(wide, 100).splitlines()[0][:50]
    assert "(log scale)" not in chart(falling(), 100).splitlines()[0]


@pytest.mark.parametrize(
    "history",
    [
        [epoch._replace(cost=1.0, train_error=0.5, dev_error=0.5) for epoch in falling()],
        [epoch._replace(cost=math.inf, train_error=math.nan, dev_error=0.0) for epoch in falling()],
        [epoch._replace(cost=math.inf if epoch.epoch > 4 else epoch.cost) for epoch in falling()],
        [epoch._replace(cost=0.0, train_error=0.0, dev_error=0.0) for epoch in falling()],
        falling(2),
        falling(3000),
    ],
)
def test_any_history_can_be_drawn(history):
    assert len(chart(history, 80).splitlines()) == 11


def test_nothing_is_drawn_of_one_point():
    assert chart(falling(1), 80) == ""
