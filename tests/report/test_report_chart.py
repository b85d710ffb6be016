import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.report.canvas import Ascii, Braille
from dlrecipe.report.chart import chart
from dlrecipe.results import Epoch

CURVE = """\
cost J                              error
4 |******                           40.0 % |**********
  |      *********                         |  ooo     ********* dev
  |               **********               |     oooooooooooooo train
1 |                         *****    0.0 % |
  +------------------------------          +-------------------
   0           epoch            3           0      epoch      3"""
DECADES = """\
cost J (log scale)
1e+04 |****
      |    *****
      |         *******
      |                ******
    1 |                      ****
      +--------------------------
       0         epoch          2"""
DOTTED = """\
error
100 % │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ dev
      │
      │⠁⠈ ⠁⠈ ⠁⠈ ⠁⠈ ⠁⠈ ⠁⠈ ⠁⠈ train
0.0 % │
      └────────────────────
       0      epoch       8"""


def panels(drawn, width):
    """The two panels of a chart that stand side by side."""
    left = (width - 3) // 2 + 3
    lines = drawn.splitlines()
    return "\n".join(line[:left].rstrip() for line in lines), "\n".join(line[left:] for line in lines)


def records(costs, train=None, dev=None):
    train = costs if train is None else train
    dev = costs if dev is None else dev
    return [
        Epoch(i, float(i), cost, cost, 0.0, train_error, cost, dev_error, 1.0, 0.1)
        for i, (cost, train_error, dev_error) in enumerate(zip(costs, train, dev, strict=True))
    ]


def test_a_curve_in_ascii():
    costs = [4.0, 3.0, 2.0, 1.0]
    drawn = chart(records(costs, [0.4, 0.2, 0.1, 0.1], [0.4, 0.4, 0.3, 0.3]), 70, 4, canvas=Ascii)
    assert drawn == CURVE


def test_braille_draws_dev_solid_and_train_dotted():
    drawn = chart(records([1.0] * 9, [0.5] * 9, [1.0] * 9), 70, 4)
    assert panels(drawn, 70)[1] == DOTTED


def test_one_evaluation_is_a_point():
    drawn = chart(records([2.31], [0.9], [0.9]), 80, canvas=Ascii)
    assert drawn.count("*") == 2
    assert drawn.splitlines()[-1].split() == ["0", "epoch", "0", "epoch"]


def test_a_constant_is_drawn_in_the_middle_at_its_value():
    lines = chart(records([2.3] * 5), 80, 5, canvas=Ascii).splitlines()
    assert lines[3].startswith("2.3 |*****")


@pytest.mark.parametrize(
    ("costs", "title"),
    [
        ([100.0, 1.0], "cost J  "),
        ([101.0, 1.0], "cost J (log scale)  "),
        ([101.0, 0.0], "cost J  "),
        ([1.0, math.inf, math.nan], "cost J (2 not finite)  "),
        ([1e-300, 1e300, math.inf], "cost J (log scale, 1 not finite)  "),
    ],
)
def test_a_title_says_what_the_eye_cannot_see(costs, title):
    assert chart(records(costs, [0.5] * len(costs), [0.5] * len(costs)), 100).startswith(title)


def test_a_logarithmic_scale_is_even_in_decades():
    drawn = chart(records([1e4, 1e2, 1e0], [0.5] * 3, [0.5] * 3), 70, 5, canvas=Ascii)
    assert panels(drawn, 70)[0] == DECADES


def test_what_is_not_finite_leaves_a_gap():
    costs = [1.0] * 5 + [math.nan] * 10 + [1.0] * 5
    row = next(line for line in chart(records(costs), 64, 5, canvas=Ascii).splitlines() if "1 |" in line)
    assert "*   " in row
    assert row.rstrip().endswith("*")


def test_nothing_finite_is_said():
    assert "no finite value to draw" in chart(records([math.nan, math.inf]), 80)


def test_names_of_curves_that_end_together_do_not_hide_each_other():
    lines = chart(records([1.0] * 3, [0.0] * 3, [0.0] * 3), 80, 4).splitlines()
    assert [line.rpartition(" ")[2] for line in lines[3:5]] == ["dev", "train"]


def test_panels_stand_above_each_other_where_it_is_narrow(history):
    narrow, wide = chart(history, 60).splitlines(), chart(history, 100).splitlines()
    assert len(narrow) == 2 * len(wide) + 1


FLOATS = st.one_of(st.floats(0, 1e308), st.sampled_from([math.inf, math.nan, 0.0, 5e-324]))


@given(
    st.lists(st.tuples(FLOATS, FLOATS, FLOATS), min_size=1, max_size=40),
    st.integers(40, 120),
    st.integers(3, 12),
    st.sampled_from([Ascii, Braille]),
)
def test_any_history_fits_its_width(rows, width, height, canvas):
    costs, train, dev = zip(*rows, strict=True)
    lines = chart(records(costs, train, dev), width, height, canvas=canvas).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert canvas is Braille or all(line.isascii() for line in lines)


def test_a_long_history_is_drawn_whole():
    costs = [1.0] * 5000
    costs[2500] = 50.0
    assert chart(records(costs), 80).splitlines()[1].startswith("50 │")
