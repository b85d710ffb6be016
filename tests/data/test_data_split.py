"""Splits: exact sizes, the same mix in each part, whole groups, nothing twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.data.sizes import part_sizes
from dlrecipe.data.split import UNUSED, Rules, absent_classes, split_rows
from dlrecipe.data.strata import allot
from dlrecipe.errors import DataError


@pytest.mark.parametrize(
    ("n", "small"),
    [(3, 1), (150, 30), (1797, 359), (49_999, 10_000), (50_001, 10_000), (1_000_000, 10_000), (49_990, 9998)],
)
def test_auto_sizes(n, small):
    assert part_sizes(n, "auto") == {"train": n - 2 * small, "dev": small, "test": small}


def test_auto_with_a_test_file_gives_its_share_to_train():
    assert part_sizes(100, "auto", parts=("train", "dev")) == {"train": 80, "dev": 20}


@pytest.mark.parametrize(
    ("n", "split", "sizes"),
    [
        (10, {"train": 0.6, "dev": 0.2, "test": 0.2}, {"train": 6, "dev": 2, "test": 2}),
        (11, {"train": 0.6, "dev": 0.2, "test": 0.2}, {"train": 7, "dev": 2, "test": 2}),
        (7, {"train": 0.34, "dev": 0.33, "test": 0.33}, {"train": 3, "dev": 2, "test": 2}),
        (30, {"train": 0.9, "dev": 0.1}, {"train": 27, "dev": 3}),
        (30, {"train": 0.9, "dev": 0.1, "test": 0.0}, {"train": 27, "dev": 3}),
        (30, {"train": 20, "dev": 5, "test": 2}, {"train": 20, "dev": 5, "test": 2}),
    ],
)
def test_given_sizes(n, split, sizes):
    assert part_sizes(n, split) == sizes


@given(st.integers(3, 10_000), st.floats(0.05, 0.9), st.floats(0.05, 0.95))
def test_fractions_add_up_and_are_within_one(n, train, share):
    fractions = {"train": train, "dev": (1 - train) * share, "test": (1 - train) * (1 - share)}
    try:
        sizes = part_sizes(n, fractions)
    except DataError:
        assert n * min(fractions.values()) < 1
        return
    assert sum(sizes.values()) == n
    assert all(abs(sizes[part] - n * fraction) < 1 + 1e-6 for part, fraction in fractions.items())


@pytest.mark.parametrize(
    ("n", "split", "message"),
    [
        (2, "auto", "too few: dev and test would be empty"),
        (100, {"train": 90, "dev": 20, "test": 20}, "asks for 130 rows .* there are 100"),
        (3, {"train": 0.9, "dev": 0.05, "test": 0.05}, "dev and test would be empty"),
        (9, {"train": 0.5, "dev": 0.2, "test": 0.2}, "must add to 1. They add to 0.9"),
        (9, {"train": 1.0}, "no rows for dev"),
        (9, {"train": 10, "dev": -1}, "asks for 9 rows"),
    ],
)
def test_impossible_sizes(n, split, message):
    with pytest.raises(DataError, match=message):
        part_sizes(n, split)


def test_split_with_test_rows_beside_a_test_file():
    with pytest.raises(DataError, match=r"`data\.test` names a file"):
        part_sizes(9, {"train": 0.6, "dev": 0.2, "test": 0.2}, parts=("train", "dev"))


@st.composite
def tables(draw):
    counts = draw(st.lists(st.integers(1, 60), min_size=1, max_size=12))
    n = sum(counts)
    cuts = sorted(draw(st.lists(st.integers(0, n), min_size=1, max_size=4)))
    edges = [0, *cuts, n]
    return np.array(counts), [b - a for a, b in pairwise(edges)]


@given(tables())
@settings(max_examples=300)
def test_allotted_counts_have_exact_sums(case):
    counts, sizes = case
    table = allot(counts, sizes)
    assert (table >= 0).all()
    np.testing.assert_array_equal(table.sum(axis=1), counts)
    np.testing.assert_array_equal(table.sum(axis=0), sizes)


@given(tables())
@settings(max_examples=300)
def test_allotted_counts_are_within_one_of_proportional(case):
    counts, sizes = case
    exact = np.outer(counts, sizes) / counts.sum()
    table = allot(counts, sizes)
    # where a class has so few rows that train would get none by proportion, train goes first
    few = exact[:, 0] < 1
    if not few.any():
        assert (abs(table - exact) < 1).all()
    assert (abs(table - exact)[few] < 2).all()


@pytest.mark.parametrize("seed", range(20))
def test_a_class_of_one_row_is_in_train(seed):
    strata = np.array([0] * 60 + [1] * 39 + [2])
    rng = np.random.default_rng(seed)
    rng.shuffle(strata)
    sizes = {"train": 60, "dev": 20, "test": 20}
    parts = split_rows(np.arange(100), sizes, Rules(strata=strata), rng)
    assert (strata[parts["train"]] == 2).sum() == 1
    assert {part: len(rows) for part, rows in parts.items()} == sizes
    for part, size in sizes.items():
        for label, count in ((0, 60), (1, 39)):
            assert abs((strata[parts[part]] == label).sum() - size * count / 100) <= 1
    notes = absent_classes(parts, strata, np.array([7, 8, 9]))
    assert notes == ("classes without a row in dev: `9`.", "classes without a row in test: `9`.")


@given(st.integers(6, 300), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_parts_are_disjoint_exact_and_stratified(n, k, seed):
    rng = np.random.default_rng(seed)
    strata = rng.integers(0, k, n)
    rows = np.sort(rng.permutation(2 * n)[:n])
    by_row = np.zeros(2 * n, np.int64)
    by_row[rows] = strata
    sizes = {"train": n // 2, "dev": n // 6, "test": n // 6}
    parts = split_rows(rows, sizes, Rules(strata=by_row), rng)
    np.testing.assert_array_equal(np.sort(np.concatenate(list(parts.values()))), rows)
    for part, size in sizes.items():
        assert len(parts[part]) == size
        assert (np.diff(parts[part]) > 0).all()
        for label in range(k):
            exact = (strata == label).sum() * size / n
            assert abs((by_row[parts[part]] == label).sum() - exact) < 2


def test_every_row_can_land_in_every_part():
    sizes = {"train": 6, "dev": 2, "test": 2}
    rng = np.random.default_rng(0)
    hits = np.zeros((10, 3))
    for _ in range(600):
        parts = split_rows(np.arange(10), sizes, Rules(), rng)
        for at, part in enumerate(sizes):
            hits[parts[part], at] += 1
    np.testing.assert_allclose(hits / 600, np.tile([0.6, 0.2, 0.2], (10, 1)), atol=0.08)


def test_what_counts_leave_over_is_unused():
    parts = split_rows(np.arange(10), {"train": 5, "dev": 2}, Rules(), np.random.default_rng(0))
    assert len(parts[UNUSED]) == 3


def test_a_million_rows_in_a_thousand_classes():
    n = 1_000_000
    rng = np.random.default_rng(0)
    strata = rng.integers(0, 1000, n)
    sizes = part_sizes(n, "auto")
    parts = split_rows(np.arange(n), sizes, Rules(strata=strata), rng)
    total = np.bincount(strata)
    for part, size in sizes.items():
        assert len(parts[part]) == size
        assert abs(np.bincount(strata[parts[part]], minlength=1000) - total * size / n).max() < 1


@given(st.lists(st.integers(1, 20), min_size=4, max_size=60), st.integers(0, 2**32 - 1))
def test_groups_stay_whole_and_sizes_near(group_sizes, seed):
    rng = np.random.default_rng(seed)
    groups = rng.permutation(np.repeat(np.arange(len(group_sizes)), group_sizes))
    n = len(groups)
    strata = rng.integers(0, 3, n)
    sizes = {"train": n - 2 * (n // 5), "dev": n // 5, "test": n // 5}
    if min(sizes.values()) == 0:
        return
    parts = split_rows(np.arange(n), sizes, Rules(strata=strata, groups=groups), rng)
    assert sorted(np.concatenate(list(parts.values()))) == list(range(n))
    seen = [set(groups[rows]) for rows in parts.values()]
    assert sum(map(len, seen)) == len(group_sizes)
    assert all(seen)
    largest = max(group_sizes)
    assert all(abs(len(parts[part]) - size) <= 2 * largest for part, size in sizes.items())


def test_groups_of_one_row_split_exactly():
    sizes = {"train": 60, "dev": 20, "test": 20}
    groups = np.random.default_rng(1).permutation(100)
    parts = split_rows(np.arange(100), sizes, Rules(groups=groups), np.random.default_rng(0))
    assert {part: len(rows) for part, rows in parts.items()} == sizes


def test_groups_keep_the_class_mix_where_they_can():
    groups = np.repeat(np.arange(40), 10)
    strata = np.repeat(np.arange(40) % 4 == 0, 10).astype(np.int64)  # whole groups of one class, a quarter
    sizes = {"train": 240, "dev": 80, "test": 80}
    parts = split_rows(np.arange(400), sizes, Rules(strata=strata, groups=groups), np.random.default_rng(0))
    assert {part: int(strata[rows].sum()) for part, rows in parts.items()} == {
        "train": 60,
        "dev": 20,
        "test": 20,
    }


def test_as_many_groups_as_parts_are_enough():
    groups = np.repeat([0, 1, 2], [100, 100, 100])
    sizes = {"train": 240, "dev": 30, "test": 30}
    parts = split_rows(np.arange(300), sizes, Rules(groups=groups), np.random.default_rng(0))
    assert [len(rows) for rows in parts.values()] == [100, 100, 100]


def test_fewer_groups_than_parts():
    with pytest.raises(DataError, match="2 groups, but train and dev and test need 3"):
        split_rows(
            np.arange(9),
            {"train": 5, "dev": 2, "test": 2},
            Rules(groups=np.arange(9) % 2),
            np.random.default_rng(0),
        )


def test_half_a_million_groups():
    groups = np.arange(1_000_000) // 2
    sizes = part_sizes(1_000_000, "auto")
    parts = split_rows(np.arange(1_000_000), sizes, Rules(groups=groups), np.random.default_rng(0))
    assert {part: len(rows) for part, rows in parts.items()} == sizes
