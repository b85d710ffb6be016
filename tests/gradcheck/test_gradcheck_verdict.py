"""The ratio, its bounds, the rounding floor."""

import numpy as np
import pytest

from dlrecipe.gradcheck.regions import named_regions
from dlrecipe.gradcheck.verdict import SLACK, Comparison, fast_floor, judge, length, naive_floor, relative

EPSILON = 1e-7


def compare(gaps, grad, *, blocks=None, J=0.5, counted=None):
    grad = np.asarray(grad, float)
    return Comparison(
        grad + gaps,
        grad,
        np.ones(grad.size, bool) if counted is None else np.asarray(counted),
        named_regions(blocks, grad.size),
        naive_floor(J, EPSILON),
        SLACK * naive_floor(J, EPSILON),
        EPSILON,
    )


def verdict(*args, errors=(), **kwargs):
    return judge(compare(*args, **kwargs), "initialization", 0, (), errors)


def test_the_ratio_by_hand():
    assert relative(np.array([3.0, 4.0]), np.array([3.0, 0.0])) == 0.5  # 4 / (5 + 3)
    assert relative(np.zeros(2), np.zeros(2)) == 0
    assert relative(np.array([1.0]), np.array([-1.0])) == 1
    tiny = np.array([3e-200, 4e-200])
    assert length(tiny) == pytest.approx(5e-200)
    assert relative(tiny, 2 * tiny) == pytest.approx(1 / 3)
    assert relative(1e200 * tiny / 1e-200, 2e200 * tiny / 1e-200) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("ratio", "word"),
    [
        (0.99e-7, "great"),
        (1.01e-7, "look closer"),
        (0.99e-5, "look closer"),
        (1.01e-5, "worry"),
        (0.5, "worry"),
    ],
)
def test_the_lecture_s_bounds(ratio, word):
    found = verdict([0, 2 * ratio * 1e3], [0, 1e3])
    assert found.verdict == word
    assert found.passed == (word != "worry")


@pytest.mark.parametrize("J", [0.5, 40.0])
def test_the_rounding_floor(J):
    floor = 2.0**-52 * max(1, J) / EPSILON * np.sqrt(9)
    within = verdict(np.full(9, 0.99 * floor / 3), np.zeros(9), J=J)
    assert (within.passed, within.verdict, within.difference) == (True, "look closer", 1.0)
    assert "rounding" in within.notes[0]
    assert not verdict(np.full(9, 1.01 * floor / 3), np.zeros(9), J=J).passed


def test_a_large_cost_hides_nothing_from_the_fast_method():
    assert naive_floor(1e5, EPSILON) == pytest.approx(1e5 * naive_floor(1, EPSILON))
    assert fast_floor(1e5, EPSILON) == fast_floor(1, EPSILON) == naive_floor(1, EPSILON)
    assert fast_floor(1e9, EPSILON) == pytest.approx(2.0**-52 * 1e9)


def test_a_block_beyond_rounding_fails_alone():
    blocks = {"large": slice(0, 2), "small": slice(2, 3)}
    found = verdict([0, 0, 1e-7], [1e4, 1e4, 1e-3], blocks=blocks)
    assert found.difference < 1e-7
    assert found.verdict == "worry"
    assert "in small:" in found.notes[0]
    found = verdict([0, 0, 1e-9], [1e4, 1e4, 1e-6], blocks=blocks)
    assert found.verdict == "great"
    assert found.notes[0].startswith("In small the gradient is so small")


def test_other_errors_fail_it():
    found = verdict([0.0], [1.0], errors=("J is wrong.",))
    assert (found.passed, found.verdict, found.notes) == (False, "worry", ("J is wrong.",))


def test_what_does_not_count_is_left_out_everywhere():
    blocks = {"a": slice(0, 2), "b": slice(2, 3)}
    found = verdict([0, 9, 9], [1, 1, 1], blocks=blocks, counted=[True, False, False])
    assert found.passed
    assert (found.difference, [block.difference for block in found.blocks], found.worst) == (0, [0, 0], ())


def test_the_five_worst_come_worst_first():
    gaps = np.array([0, 3, -7, 1, 5, 0.5, -2, 4])
    found = verdict(gaps, np.ones(8), blocks={"a": slice(0, 4), "b": slice(4, 8)})
    assert [(e.block, e.index[0]) for e in found.worst] == [("a", 2), ("b", 0), ("b", 3), ("a", 1), ("b", 2)]
    assert (found.worst[0].approx, found.worst[0].grad) == (-6, 1)
