"""Rows get the same number exactly where they are equal, in one file or in two."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.data import fingerprints
from dlrecipe.data.raw import Coded, RawTable

CELLS = st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e300, 1e-300, 0.1, float("nan")])
TEXTS = st.sampled_from(["", "a", "b", "ab", "ba", "1"])


def table(rows):
    """A table of two number columns and a text column, its levels in the order of these rows."""
    levels = tuple(dict.fromkeys(text for *_, text in rows))
    codes = np.array([levels.index(text) for *_, text in rows], np.int32)
    numbers = np.array([row[:2] for row in rows], float)
    return RawTable("t", np.array(["p", "q", "r"]), numbers, {"r": Coded(codes, levels)})


@given(st.lists(st.tuples(CELLS, CELLS, TEXTS), min_size=1, max_size=30))
def test_rows_agree_where_all_their_cells_do(rows):
    marks = fingerprints(table(rows), np.arange(len(rows)))
    cells = [tuple("nan" if cell != cell else cell for cell in row) for row in rows]  # noqa: PLR0124
    for one, mark in zip(cells, marks, strict=True):
        assert [one == other for other in cells] == [mark == other for other in marks.tolist()]


def test_texts_are_compared_by_what_they_say_not_by_their_codes():
    one, other = table([(1, 2, "a"), (1, 2, "b")]), table([(1, 2, "b"), (1, 2, "a")])
    both = np.arange(2)
    assert fingerprints(one, both).tolist() == fingerprints(other, both).tolist()[::-1]


def test_a_missing_text_is_a_value_of_its_own():
    numbers = np.zeros((3, 0))
    coded = Coded(np.array([-1, 0, -1], np.int32), ("",))
    marks = fingerprints(RawTable("t", np.array(["r"]), numbers, {"r": coded}), np.arange(3))
    assert marks[0] == marks[2] != marks[1]


def test_swapped_columns_are_another_row_and_wide_tables_are_worked_through_in_blocks():
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(3000, 400))
    numbers[2999] = numbers[0]
    numbers[1, [0, 1]] = numbers[0, [1, 0]]
    names = np.array([f"c{i}" for i in range(400)])
    marks = fingerprints(RawTable("t", names, numbers), np.arange(3000))
    assert marks[2999] == marks[0]
    assert len(set(marks.tolist())) == 2999
