import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe.multiplicity import holm

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_an_example_worked_by_hand():
    # sorted: 0.005·4 = 0.02, 0.01·3 = 0.03, 0.03·2 = 0.06, 0.04·1 = 0.04, which may not fall below 0.06
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_tests_that_were_possible_count_too():
    assert holm([0.01], family=19) == pytest.approx((0.19,))
    assert holm([0.01, 0.002], family=5) == pytest.approx((0.04, 0.01))
    assert holm([0.01, 0.02], family=1) == holm([0.01, 0.02])


@given(P_VALUES)
def test_it_lies_between_the_value_itself_and_bonferronis(p_values):
    for p, corrected in zip(p_values, holm(p_values), strict=True):
        assert p <= corrected <= min(1, len(p_values) * p)


@given(P_VALUES)
def test_the_order_of_evidence_stays(p_values):
    corrected = holm(p_values)
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert sorted(corrected) == [corrected[at] for at in order]
