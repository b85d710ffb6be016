from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe.intervals import combine, wilson
from dlrecipe.recipe.pairing import mcnemar, paired_interval

COUNT = st.integers(0, 60)


def midp(b, c):
    """2·(P(X < k) + P(X = k)/2), X ~ Binomial(b + c, ½), k the smaller count, in whole numbers."""
    n, k = b + c, min(b, c)
    return min(1.0, (2 * sum(comb(n, i) for i in range(k)) + comb(n, k)) / 2**n)


@pytest.mark.parametrize(
    ("b", "c", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1 / 2),  # 2·½·½
        (5, 0, 1 / 32),
        (6, 2, (2 * (1 + 8) + 28) / 256),
        (4, 22, midp(4, 22)),
        (7, 7, 1.0),
    ],
)
def test_values_worked_from_the_binomial(b, c, p):
    assert mcnemar(b, c) == pytest.approx(p, rel=1e-12)
    assert mcnemar(c, b) == pytest.approx(p, rel=1e-12)


@given(COUNT, COUNT)
def test_it_is_the_binomials_in_whole_numbers(b, c):
    assert mcnemar(b, c) == pytest.approx(midp(b, c), rel=1e-9)


def test_it_is_scipys_exact_value_less_half_of_what_was_seen():
    stats = pytest.importorskip("scipy.stats")
    for b, c in [(3, 9), (40, 61), (900, 1100), (1, 30)]:
        exact = stats.binomtest(b, b + c).pvalue
        assert mcnemar(b, c) == pytest.approx(exact - stats.binom.pmf(b, b + c, 0.5), rel=1e-9)


def test_many_thousand_discordant_examples_are_no_trouble():
    assert 0 < mcnemar(50_000, 50_500) < 1
    assert mcnemar(20_000, 30_000) < 1e-300 or mcnemar(20_000, 30_000) == 0


def test_without_correlation_the_interval_is_that_of_unpaired_errors():
    # (both, one, other, neither) = (9, 21, 21, 49): 9·49 = 21·21, so φ = 0
    unpaired = combine((1, -1), (0.3, 0.3), (wilson(0.3, 100), wilson(0.3, 100)))
    assert paired_interval(9, 21, 21, 100) == pytest.approx(unpaired)


def test_shared_mistakes_make_the_interval_shorter():
    def width(both, only_first, only_second):
        low, high = paired_interval(both, only_first, only_second, 200)
        return high - low

    assert width(36, 8, 4) < width(20, 24, 20)


@given(COUNT, COUNT, COUNT, COUNT)
def test_it_holds_the_difference_and_turns_with_the_models(both, first, second, neither):
    n = both + first + second + neither
    if n == 0:
        return
    low, high = paired_interval(both, first, second, n)
    assert -1 <= low <= (first - second) / n + 1e-12
    assert (first - second) / n - 1e-12 <= high <= 1
    assert paired_interval(both, second, first, n) == pytest.approx((-high, -low))


@pytest.mark.parametrize("chances", [(0.05, 0.1, 0.02), (0.2, 0.05, 0.15), (0.05, 0.2, 0.1)])
def test_it_holds_the_truth_nineteen_times_out_of_twenty(chances):
    """Every possible dev set of 25 examples, weighted by its multinomial probability."""
    n, truth, covered = 25, chances[1] - chances[2], 0.0
    rest = 1 - sum(chances)
    for both in range(n + 1):
        for first in range(n - both + 1):
            for second in range(n - both - first + 1):
                neither = n - both - first - second
                ways = comb(n, both) * comb(n - both, first) * comb(n - both - first, second)
                probability = (
                    ways * chances[0] ** both * chances[1] ** first * chances[2] ** second * rest**neither
                )
                low, high = paired_interval(both, first, second, n)
                covered += probability * (low <= truth <= high)
    assert 0.93 < covered < 0.995
