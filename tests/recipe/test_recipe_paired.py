"""Paired tests, against their definitions and against simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe.paired import mean_difference, paired_p
from dlrecipe.recipe.pairing import mcnemar


def exact_mid_p(b, c):
    """Twice P(X < k) plus P(X = k), X binomial with 1/2, as Fagerland and others define it."""
    n, k = b + c, min(b, c)
    p = [math.comb(n, i) / 2**n for i in range(n + 1)]
    return 1.0 if b == c else 2 * sum(p[:k]) + p[k]


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_its_definition(b, c):
    assert mcnemar(b, c) == pytest.approx(exact_mid_p(b, c), rel=1e-12)
    assert mcnemar(b, c) == mcnemar(c, b)


def test_mcnemar_on_paper():
    assert mcnemar(0, 0) == 1
    assert mcnemar(0, 1) == 0.5
    assert mcnemar(1, 5) == pytest.approx((2 * 1 + 6) / 64)
    assert 0 < mcnemar(4900, 5100) < 0.05


def test_what_is_called_significant_is_seldom_chance():
    rng = np.random.default_rng(1)
    false = 0
    for _ in range(1000):
        one, other = (rng.random((2, 300)) < 0.1).astype(float)
        false += paired_p(one, other, "classification") < 0.05
    assert 15 <= false <= 75  # 5 % of them, give or take


def test_a_regression_is_compared_by_its_differences():
    rng = np.random.default_rng(2)
    one = rng.exponential(size=400)
    assert paired_p(one, one, "regression") == 1
    assert paired_p(one, one + 0.3 + rng.normal(0, 0.1, 400), "regression") < 1e-6
    z = np.array([1.0, 3.0, 2.0, 4.0])
    wanted = math.erfc(2.5 / (z.std(ddof=1) / 2) / math.sqrt(2))
    assert mean_difference(z) == pytest.approx(wanted)
    assert mean_difference(np.full(9, 0.1)) == 0
    assert mean_difference(np.array([0.1])) == 1
