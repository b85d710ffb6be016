"""Plain tables are read in batches: the same values as the general reader's, in bounded memory."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.data.encoder import Schema
from dlrecipe.data.raw import Coded, Wanted
from dlrecipe.data.sources import batches, delimited, read

CELL = st.one_of(
    st.integers(-(10**9), 10**9).map(str), st.floats(width=64, allow_nan=False).map(repr), st.just("")
)
TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=40)
)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 50)


def assert_equal_columns(one, other):
    if isinstance(one, Coded):
        np.testing.assert_array_equal(one.codes, other.codes)
        assert one.levels == other.levels
    else:
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def both(path, wanted):
    return batches.read(str(path), wanted, delimited._FIRST_ROW), delimited._read_whole(str(path), wanted)


@given(rows=TABLE, separator=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60, deadline=None)
def test_the_same_as_the_general_reader(tmp_path_factory, rows, separator, end):
    names = [f"c{at}" for at in range(len(rows[0]))]
    text = "".join(separator.join(row) + end for row in [names, *rows])
    path = tmp_path_factory.mktemp("tables") / "t.csv"
    path.write_text(text, newline="")
    wanted = Wanted(target="c0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BATCH", 50)
        mine = batches.read(str(path), wanted, "")
    if any(row[-1] == "" for row in rows):
        assert mine is None  # perhaps a short line
        return
    theirs = delimited._read_whole(str(path), wanted)
    assert mine.names.tolist() == theirs.names.tolist()
    assert mine.numbers.dtype == theirs.numbers.dtype == np.float64
    np.testing.assert_array_equal(mine.numbers, theirs.numbers)
    assert_equal_columns(mine.target, theirs.target)


@pytest.mark.usefixtures("small_batches")
def test_target_and_group_of_texts(tmp_path):
    rows = "".join(f"{i},{['yes', 'no', 'nan'][i % 3]},p{i // 7},{i / 3!r}\n" for i in range(100))
    (tmp_path / "t.csv").write_text("a,label,patient,b\n" + rows)
    mine, theirs = both(tmp_path / "t.csv", Wanted(group="patient"))
    np.testing.assert_array_equal(mine.numbers, theirs.numbers)
    assert_equal_columns(mine.target, theirs.target)
    assert_equal_columns(mine.group, theirs.group)
    assert (mine.target_name, mine.group_name, mine.row(3)) == ("label", "patient", theirs.row(3))


@pytest.mark.usefixtures("small_batches")
def test_columns_of_another_file_are_put_in_order(tmp_path):
    (tmp_path / "t.csv").write_text("b,more,a,label\n" + "".join(f"{i},text,{-i},1\n" for i in range(50)))
    mine, theirs = both(tmp_path / "t.csv", Wanted("label", schema=Schema(np.array(["a", "b"]))))
    np.testing.assert_array_equal(mine.numbers, np.column_stack([-np.arange(50.0), np.arange(50.0)]))
    assert mine.notes == theirs.notes


PLAIN = "a,b,label\n" + "".join(f"{i},{i}.5,{i % 2}\n" for i in range(40))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "1,NA,0\n",
        PLAIN + "1,blue,0\n",
        PLAIN + '1,"2",0\n',
        PLAIN + "1,2\n",
        PLAIN + "1,2,0,3\n",
        PLAIN + "\n" + PLAIN.partition("\n")[2],
        PLAIN + "1,,\n",
        PLAIN.replace("a,", ","),
        "\n" + PLAIN,
        PLAIN.replace("\n", "\r"),
        "a,b,label\n",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_the_general_reader(tmp_path, text):
    (tmp_path / "t.csv").write_text(text, newline="")
    assert batches.read(str(tmp_path / "t.csv"), Wanted(), "") is None


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ([i / 7 for i in range(60)], np.float32),
        ([0.5] * 60, np.float32),
        ([2**24 - i for i in range(60)], np.float32),
        ([1.7e9 + i / 7 for i in range(60)], np.float64),
        ([0.1] * 60, np.float64),
        ([i * 1e38 for i in range(60)], np.float64),
        ([i * 1e-45 for i in range(60)], np.float64),
    ],
)
def test_numbers_of_large_files_are_float32_where_that_is_precise(tmp_path, monkeypatch, column, kind):
    monkeypatch.setattr(batches, "LARGE", 0)
    (tmp_path / "t.csv").write_text("a,label\n" + "".join(f"{x!r},{i % 2}\n" for i, x in enumerate(column)))
    table = batches.read(str(tmp_path / "t.csv"), Wanted(), "")
    assert table.numbers.dtype == kind
    np.testing.assert_array_equal(table.numbers[:, 0], np.array(column).astype(kind))


def test_bytes_stay_bytes(tmp_path):
    images = np.arange(60 * 28 * 28, dtype=np.uint8).reshape(60, 28, 28)
    np.save(tmp_path / "X.npy", images)
    np.save(tmp_path / "y.npy", np.arange(60) % 2)
    table = read(str(tmp_path / "X.npy"), Wanted(str(tmp_path / "y.npy")))
    assert table.numbers.dtype == np.uint8
    np.testing.assert_array_equal(table.numbers, images.reshape(60, -1))


PEAK = """
import resource, sys
import numpy as np, polars
from dlrecipe import data
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before = peak()
data.load(data.Plan(source=sys.argv[1]), np.random.default_rng(0))
print(peak() - before)
"""


@pytest.mark.slow
def test_a_large_table_needs_less_than_twice_its_size(tmp_path):
    path = tmp_path / "large.csv"
    rows = np.random.default_rng(0).standard_normal((2000, 30))
    lines = "".join(",".join(f"{x:.6g}" for x in row) + f",{at % 2}\n" for at, row in enumerate(rows))
    with path.open("w") as file:
        file.write(",".join([*(f"x{at}" for at in range(30)), "label"]) + "\n")
        file.writelines([lines] * 250)
    found = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    assert int(found.stdout) < 1.8 * path.stat().st_size
