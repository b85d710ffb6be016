import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.report.html.axes import Axes, ticks
from dlrecipe.report.html.lines import POINTS, Chart, Line, draw
from dlrecipe.report.html.prose import prose
from dlrecipe.report.html.svg import element
from dlrecipe.report.scale import Scale


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 31, [0, 10, 20, 30]),
        (3, 3, [3]),
        (-0.4, 0.4, [-0.4, -0.2, 0, 0.2, 0.4]),
    ],
)
def test_ticks_are_round_and_within_the_scale(low, high, expected):
    assert ticks(Scale(low, high, logarithmic=False)) == pytest.approx(expected)


def test_ticks_of_a_logarithmic_scale_are_powers_of_ten():
    assert ticks(Scale(0.003, 2, logarithmic=True)) == pytest.approx([0.01, 0.1, 1])
    assert len(ticks(Scale(1e-3, 1e30, logarithmic=True))) <= 6


@given(st.floats(-1e12, 1e12), st.floats(1e-9, 1e12))
def test_there_are_a_few_ticks_of_any_scale(low, span):
    scale = Scale(low, low + span, logarithmic=False)
    assert len(ticks(scale)) <= 7


def test_the_corners_of_a_scale_are_the_corners_of_the_frame():
    axes = Axes(Scale(0, 10, logarithmic=False), Scale(1, 5, logarithmic=False))
    assert axes.place(0, 1) == (axes.left, axes.height - axes.bottom)
    assert axes.place(10, 5) == (axes.width - axes.right, axes.top)


def chart(values):
    return draw(Chart("k", "Error", [Line("dev", "dev", list(enumerate(values)))], lambda v: f"{v:.2f}"))


def test_a_gap_in_the_values_is_a_gap_in_the_line():
    assert chart([1, 2, 3]).count('<path class="line dev"') == 1
    assert chart([1, 2, math.nan, 3, 4]).count('<path class="line dev"') == 2
    assert "nan" not in chart([1, 2, math.nan, 3, math.inf])


def test_a_long_history_is_thinned_and_keeps_its_end():
    picture = chart([*(math.sin(i / 500) for i in range(9999)), 7.0])
    assert picture.count("L") <= POINTS + 1
    assert "to 7.00" in picture


def test_text_in_a_picture_is_escaped():
    assert element("text", "<b>&", x=1.0) == '<text x="1">&lt;b&gt;&amp;</text>'
    assert element("text", data_name='"><script>') == '<text data-name="&#34;&gt;&lt;script&gt;"></text>'


def test_backticks_in_prose_are_code_and_a_stray_one_is_itself():
    assert prose("set `a<b` now") == "set <code>a&lt;b</code> now"
    assert prose("it`s <b>") == "it`s &lt;b&gt;"
