import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe.contingency import fisher


@st.composite
def tables(draw):
    n = draw(st.integers(2, 80))
    size, all_wrong = draw(st.integers(1, n - 1)), draw(st.integers(0, n))
    wrong = draw(st.integers(max(0, all_wrong - (n - size)), min(all_wrong, size)))
    return wrong, size, all_wrong, n


def test_a_table_worked_by_hand():
    # 3 mistakes among 10 examples, all in a slice of 3: C(3,3)/C(10,3) = 1/120, half of it twice
    assert fisher(3, 3, 3, 10) == pytest.approx(1 / 120)


@given(tables())
def test_it_is_twice_the_smaller_tail_of_scipys_hypergeometric(table):
    stats = pytest.importorskip("scipy.stats")
    wrong, size, all_wrong, n = table
    law = stats.hypergeom(n, all_wrong, size)
    half = law.pmf(wrong) / 2
    below, above = law.cdf(wrong) - 2 * half + half, law.sf(wrong) + half
    assert fisher(*table) == pytest.approx(min(1, 2 * min(below, above)), rel=1e-6, abs=1e-9)


@given(tables())
def test_the_rest_differs_as_much_as_the_slice(table):
    wrong, size, all_wrong, n = table
    assert fisher(all_wrong - wrong, n - size, all_wrong, n) == pytest.approx(fisher(*table), abs=1e-9)


def test_an_equal_share_is_no_evidence():
    assert fisher(10, 100, 100, 1000) > 0.9
    assert fisher(30, 100, 100, 1000) < 1e-6
