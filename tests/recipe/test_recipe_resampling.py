import math

import numpy as np
import pytest

from dlrecipe.recipe.resampling import RESAMPLES, paired_bootstrap


def test_of_many_examples_it_is_the_normal_interval():
    differences = np.random.default_rng(3).normal(0.1, 1.0, 900)
    (low, high), p = paired_bootstrap(differences)
    half = 1.96 * differences.std() / math.sqrt(900)
    assert low == pytest.approx(differences.mean() - half, abs=0.006)
    assert high == pytest.approx(differences.mean() + half, abs=0.006)
    z = differences.mean() / differences.std() * math.sqrt(900)
    assert p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)), abs=0.004)


def test_equal_models_are_equal():
    assert paired_bootstrap(np.zeros(40)) == ((0.0, 0.0), 1.0)


def test_the_same_question_has_the_same_answer_and_turned_round_the_same_p():
    differences = np.random.default_rng(1).normal(0.3, 1.0, 60)
    interval, p = paired_bootstrap(differences)
    assert paired_bootstrap(differences) == (interval, p)
    (low, high), turned = paired_bootstrap(-differences)
    assert (turned, low, high) == pytest.approx((p, -interval[1], -interval[0]))


def test_no_number_of_draws_proves_a_p_of_zero():
    assert paired_bootstrap(np.ones(30))[1] == pytest.approx(2 / (RESAMPLES + 1))
