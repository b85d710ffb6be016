"""The error that can be reached: bounds against exact posteriors, and how the evidence is put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.recipe.attainable import attainable, error_of_disagreement, noise_bound
from dlrecipe.results import Reference


def reference(name, error, low, high):
    return Reference(name, error, (low, high), 0.0)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6))
def test_the_bound_never_exceeds_the_best_error_of_one_input(weights):
    p = np.array(weights) / sum(weights)
    assert error_of_disagreement(1 - float(p @ p), len(p)) <= 1 - p.max() + 1e-9


@pytest.mark.parametrize("p", [0.5, 0.7, 0.9, 1.0])
def test_of_two_classes_it_is_the_best_error_itself(p):
    disagreement = 2 * p * (1 - p)
    assert error_of_disagreement(disagreement, 2) == pytest.approx(1 - p, abs=1e-7)


def test_rows_that_are_not_repeated_count_as_free_of_noise():
    whole = noise_bound(0.42, 100, 1.0, "classification")
    quarter = noise_bound(0.42, 100, 0.25, "classification")
    assert whole.error == pytest.approx(0.3)
    assert quarter.error == pytest.approx(0.075)
    assert whole.interval[0] < 0.3 < whole.interval[1]


def test_a_regressions_noise_is_the_variance_within():
    assert noise_bound(0.4, 50, 0.5, "regression").error == pytest.approx(0.2)


def test_a_few_repeated_rows_say_nothing():
    assert noise_bound(0.5, 9, 1.0, "classification") is None


def test_the_best_reference_is_what_can_be_reached():
    found = attainable([reference("worse", 0.3, 0.25, 0.35), reference("better", 0.2, 0.15, 0.25)], None)
    assert (found.error, found.interval) == (0.2, (0.15, 0.25))
    assert [item.name for item in found.references] == ["better", "worse"]
    assert "better" in found.because
    assert "20 %" in found.because


def test_a_lucky_reference_is_not_believed_below_the_noise():
    noise = noise_bound(0.42, 5000, 1.0, "classification")
    found = attainable([reference("lucky", 0.2, 0.1, 0.4)], noise)
    assert found.error == found.interval[0] == pytest.approx(noise.interval[0])
    assert "30 %" in found.because
