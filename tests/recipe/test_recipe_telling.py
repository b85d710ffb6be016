import math

import numpy as np
import pytest

from dlrecipe.recipe.pairing import mcnemar
from dlrecipe.recipe.telling import LARGEST, different, examples_to_tell, pooled_variance


def test_two_fractions_against_the_pooled_score_test():
    # 30 of 100 against 15 of 100: z = 0.15/√(0.225·0.775·0.02) = 2.540
    variance = pooled_variance(0.30, 100, 0.15, 100)
    assert variance == pytest.approx(0.225 * 0.775 * 0.02)
    assert different(0.30, 0.15, variance) == pytest.approx(0.01109, abs=1e-5)


def test_it_is_scipys_chi_squared_test():
    stats = pytest.importorskip("scipy.stats")
    expected = stats.chi2_contingency([[12, 88], [31, 219]], correction=False).pvalue
    variance = pooled_variance(12 / 100, 100, 31 / 250, 250)
    assert different(12 / 100, 31 / 250, variance) == pytest.approx(expected)


def test_without_any_variance_equal_is_equal():
    assert different(0.0, 0.0, 0.0) == 1.0
    assert different(0.0, 1.0, 0.0) == 0.0


def test_connors_formula_worked_by_hand():
    # 20 % differ, 15 against 5 points: (1.95996·√0.2 + 0.84162·√(0.2 − 0.01))²/0.01 = 154.5, so 155
    assert examples_to_tell(0.1, math.sqrt(0.2), math.sqrt(0.19)) == 160
    exact = (1.959964 * math.sqrt(0.2) + 0.841621 * math.sqrt(0.19)) ** 2 / 0.01
    assert 154 < exact <= 155


def test_so_many_examples_show_the_difference_four_times_out_of_five():
    rng = np.random.default_rng(0)
    n = examples_to_tell(0.1, math.sqrt(0.2), math.sqrt(0.19))
    draws = rng.multinomial(n, (0.15, 0.05, 0.8), size=2000)
    found = np.mean([mcnemar(int(first), int(second)) < 0.05 for first, second, _ in draws])
    assert 0.75 < found < 0.88


def test_more_tests_take_more_examples():
    few, many = (examples_to_tell(0.02, 0.3, 0.3, tests) for tests in (1, 20))
    assert few < many


def test_no_number_is_advice_where_there_is_no_difference_or_almost_none():
    assert examples_to_tell(0.0, 0.3, 0.3) is None
    assert examples_to_tell(1e-6, 0.3, 0.3) is None
    assert examples_to_tell(0.001, 1.0, 1.0) <= LARGEST
