"""Whatever is wrong with a file, one DataError says what, where and what to do."""

from __future__ import annotations

import gzip
import io
import re
import struct
import tracemalloc
import zipfile

import numpy as np
import polars as pl
import pytest

from dlrecipe.data import Plan, load, load_arrays
from dlrecipe.data.sources import files
from dlrecipe.errors import DataError

GOOD = "a,b,label\n" + "".join(f"{i},{i % 5},{i % 2}\n" for i in range(30))


def refusal(path, **plan):
    with pytest.raises(DataError) as caught:
        load(Plan(source=str(path), **plan), np.random.default_rng(0))
    return str(caught.value)


def npy(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npz(**arrays):
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def idx(array, code=8):
    return bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


X = np.arange(60.0).reshape(30, 2)
Y = np.arange(30) % 2

TABLES = {
    "empty": ("", "the file is empty"),
    "blank": ("\n\n", "blank lines only"),
    "header only": ("a,label\n", "no row below it"),
    "empty rows only": ("a,label\n,\n\n", "no row with content"),
    "long row": ("a,label\n1,2\n1,2,3\n", "line 3 of the file has 3 cells, but the header has 2"),
    "short row": ("a,b,label\n1,2,3\n1,2\n", "line 3 of the file has 2 cells, but the header has 3"),
    "open quote": ('a,label\n"1,2\n3,4\n', "t.csv"),
    "repeated name": ("a,a,label\n1,2,3\n", "more than once: `a`"),
    "no target": ("a,b\n1,2\n", "which column is the target.*`a`, `b`"),
    "two targets": ("label,target,a\n1,2,3\n", "both `label` and `target`"),
    "no input": ("label\n1\n0\n", "no input column is left"),
    "one class": ("a,label\n1,x\n2,x\n3,x\n4,x\n5,x\n", "every row's target is 'x'"),
    "infinity": (GOOD + "inf,1,1\n", "column `a` is infinite in 1 rows, the first row 31"),
    "overflow": (GOOD + "1e999,1,1\n", "column `a` is infinite"),
    "empty cell": (GOOD + ",1,1\n", "column `a` has 1 missing cells, the first in row 31"),
    "nul bytes": ("a\0,label\n1,2\n", "bytes that are no text"),
    "too few rows": ("a,label\n1,0\n2,1\n", "too few|class of its own"),
}


@pytest.mark.parametrize("case", TABLES)
def test_bad_tables(tmp_path, case):
    text, message = TABLES[case]
    (tmp_path / "t.csv").write_text(text)
    said = refusal(tmp_path / "t.csv")
    assert "t.csv" in said or "data.split" in said
    assert re.search(message, said), said


BYTES = {
    "latin.csv": (
        "a,label\n1,caf\xe9\n".encode("latin-1"),
        "line 2 of the file holds bytes that are no UTF-8",
    ),
    "utf16.csv": (GOOD.encode("utf-16"), "no UTF-8"),
    "zip.csv": (npz(X=X), "no UTF-8|no text|no readable table"),
    "zlib.csv": (b"x\x01abc,label\n1,2\n", "no text"),
    "cut.csv.gz": (gzip.compress(GOOD.encode())[:-9], "truncated or damaged"),
    "garbage.csv.gz": (b"\x1f\x8b" + b"\xff" * 50, "truncated or damaged"),
    "empty.csv.gz": (gzip.compress(b""), "the file is empty"),
    "text.parquet": (GOOD.encode(), "no Parquet file"),
    "hollow.parquet": (b"PAR1" + b"\0" * 40 + b"PAR1", "no readable Parquet file"),
    "text.npz": (b"PK\x03\x04 no zip", "no readable .npz"),
    "no_x.npz": (npz(inputs=X, y=Y), "no array `X`; it holds `inputs`, `y`"),
    "no_y.npz": (npz(X=X, labels=Y), "no array `y`.*`data.target`"),
    "objects.npz": (npz(X=X, y=np.array([None] * 30, object)), "Python objects"),
    "complex.npz": (npz(X=X * 1j, y=Y), "type complex128 are not supported"),
    "dates.npz": (npz(X=X, y=np.zeros(30, "M8[D]")), r"type datetime64\[D\] are not supported"),
    "records.npz": (npz(X=X, y=np.zeros(30, [("f", float)])), "not supported"),
    "text_inputs.npz": (npz(X=np.array([["a"]] * 30), y=Y), "inputs must be numbers"),
    "lengths.npz": (npz(X=X, y=Y[:29]), "30 examples, but 29 values in `y`"),
    "one_hot.npz": (npz(X=X, y=np.eye(30)), "one value for each example.*argmax"),
    "vector.npz": (npz(X=X[:, 0], y=Y), r"reshape\(-1, 1\)"),
    "deep.npz": (npz(X=X.reshape(30, 2, 1, 1, 1), y=Y), "a row for each example"),
    "no_rows.npz": (npz(X=X[:0], y=Y[:0]), "nothing to learn from"),
    "no_columns.npz": (npz(X=X[:, :0], y=Y), "nothing to learn from"),
    "nan.npz": (
        npz(X=np.where(X == 3, np.nan, X), y=Y),
        r"column `x2` has 1 missing cells, the first in row 2 ",
    ),
    "infinite.npz": (
        npz(X=np.where(X == 3, np.inf, X), y=Y),
        "column `x2` is infinite in 1 rows, the first row 2 ",
    ),
    "target.npz": (npz(X=X, y=np.where(Y == 1, np.inf, 0)), "column `y` is infinite"),
    "cut.npy": (npy(X)[:-8], "truncated or damaged"),
    "longer.npy": (npy(X) + b"12345678", "truncated or damaged"),
    "header.npy": (npy(X)[:20], "no readable NumPy array"),
    "pickle.npy": (npy(np.array([print], object), allow_pickle=True), "unpickling"),
    "cut.idx": (idx(np.zeros((30, 4, 4), np.uint8))[:-1], "truncated or damaged"),
    "header.idx": (b"\0\0\x08\x03\0\0", "within its header"),
    "other.idx": (b"hello", "no IDX file"),
    "notes.txt": (b"hello", "format is not known"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bad_bytes(tmp_path, name):
    content, message = BYTES[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "y.npy").write_bytes(npy(Y))
    target = str(tmp_path / "y.npy") if name.endswith((".npy", ".idx")) else None
    assert re.search(message, refusal(tmp_path / name, target=target))


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ({"target": "c"}, "no column `c` for the target. The columns are `a`, `b`, `label`"),
        ({"target": "lable"}, "no column `lable` for the target. Did you mean `label`?"),
        ({"group": "c"}, "no column `c` for `data.group`"),
        ({"group": "label"}, "`label` is the target"),
        ({"split": {"train": 30, "dev": 10, "test": 10}}, "asks for 50 rows"),
        ({"dev": "nowhere.csv"}, "nowhere.csv: there is no such file"),
        ({"dev": "nowhere"}, "neither such a file nor a bundled set"),
    ],
)
def test_plans_that_do_not_fit_the_table(tmp_path, plan, message):
    (tmp_path / "t.csv").write_text(GOOD)
    assert message in refusal(tmp_path / "t.csv", **plan)


def test_paths_that_are_no_files(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert "this is a folder" in refusal(tmp_path / "folder.csv")
    assert "no such file" in refusal(tmp_path / "nowhere.csv")
    assert "no such file" in refusal(tmp_path / "nowhere.npz")
    assert "bundled set of that name (digits" in refusal("digit")
    assert "not a regular file" in refusal_of_device()
    for name in ("a\0.csv", "x" * 5000 + ".csv", "a\0", "\udcff.npz"):
        refusal(name)


def refusal_of_device():
    with pytest.raises(DataError) as caught:
        files.read_bytes("/dev/zero")
    return str(caught.value)


def test_bundled_sets_have_no_other_columns():
    assert "target of the bundled set is `label`" in refusal("digits", target="digit")
    assert "no column `writer`" in refusal("digits", group="writer")


def test_dev_without_a_training_column_names_it(tmp_path):
    (tmp_path / "t.csv").write_text(GOOD)
    (tmp_path / "dev.csv").write_text("a,c,label\n1,2,1\n")
    said = refusal(tmp_path / "t.csv", dev=str(tmp_path / "dev.csv"))
    assert "dev.csv: columns of the training data are missing: `b`" in said
    assert "`c`" in said


def test_dev_with_another_class_or_a_text_for_a_number(tmp_path):
    (tmp_path / "t.csv").write_text(GOOD)
    (tmp_path / "dev.csv").write_text("a,b,label\n1,2,1\n1,2,7\n")
    said = refusal(tmp_path / "t.csv", dev=str(tmp_path / "dev.csv"))
    assert "classes that the training data do not have: `7`, first in row 2" in said
    (tmp_path / "dev.csv").write_text("a,b,label\n1,2,1\n1,oops,0\n")
    said = refusal(tmp_path / "t.csv", dev=str(tmp_path / "dev.csv"))
    assert "column `b` holds numbers in the training data, but 'oops' in row 2" in said


def test_targets_that_cannot_be_learned():
    rng = np.random.default_rng(0)
    for y, task, message in [
        (np.array(["a", "b"] * 15), "regression", "holds texts as 'a'"),
        (np.full(30, 2.5), "regression", "is 2.5 in every training row"),
        (np.arange(30), "classification", "class of its own for every row"),
        (np.full(30, 7), None, "every row's target is 7"),
        (np.where(np.arange(30) == 3, np.nan, 0), None, "column `y` has 1 missing cells"),
    ]:
        with pytest.raises(DataError, match=message):
            load_arrays(X, y, Plan(source="memory", task=task), rng)
    with pytest.raises(DataError, match="more than 1,000 classes"):
        load_arrays(
            np.zeros((4000, 1)), np.arange(4000) // 2, Plan(source="memory", task="classification"), rng
        )


def first_refusal(inputs, labels, plan):
    """Split with one seed after the other until the split is refused."""
    for seed in range(50):
        try:
            load_arrays(inputs, labels, plan, np.random.default_rng(seed))
        except DataError as error:
            return str(error)
    return "nothing"


def test_one_class_in_train_only():
    y = np.array([0] * 29 + [1])
    said = first_refusal(X, y, Plan(source="memory", stratify=False))
    assert "every training row is of class `0`" in said


def test_texts_that_are_names(tmp_path):
    (tmp_path / "t.csv").write_text("a,name,label\n" + "".join(f"1,n{i},{i % 2}\n" for i in range(1200)))
    said = refusal(tmp_path / "t.csv")
    assert "text column `name` has 1,200 different texts" in said
    assert "Leave the column out" in said


def test_a_number_among_texts_is_noted(tmp_path):
    (tmp_path / "t.csv").write_text(GOOD + "3O,1,1\n")
    data = load(Plan(source=str(tmp_path / "t.csv")), np.random.default_rng(0))
    assert any("column `a` is taken as text" in note and "'3O' in row 31" in note for note in data.notes)


def test_values_too_large_for_the_network():
    large = X.copy()
    large[:, 1] = np.where(np.arange(30) == 3, 1e39, 0)
    for normalize in (True, False):
        plan = Plan(source="memory", normalize=normalize, split={"train": 15, "dev": 15})
        assert "column `x2` in row 4 (counted from 1) is too large for the network" in first_refusal(
            large, Y, plan
        )
    said = first_refusal(np.where(X > 30, 1.7e308, -1.7e308), Y, Plan(source="memory"))
    assert "the values of `x1`, `x2` are too large to take a mean of" in said


def test_parquet_columns_that_are_no_inputs(tmp_path):
    frame = pl.DataFrame({"when": [1, 2], "list": [[1], [2]], "label": [0, 1]})
    frame.with_columns(pl.col("when").cast(pl.Date)).write_parquet(tmp_path / "t.parquet")
    said = refusal(tmp_path / "t.parquet")
    assert "`when`" not in said
    assert "column `list` has the type List(Int64)" in said
    frame[["label"]].with_columns(pl.col("label").cast(pl.Date).alias("when")).write_parquet(
        tmp_path / "t.parquet"
    )
    assert "the target `when` has the type Date" in refusal(tmp_path / "t.parquet", target="when")
    frame[:0].write_parquet(tmp_path / "t.parquet")
    assert "no row" in refusal(tmp_path / "t.parquet")


def test_damaged_parquet_files(tmp_path):
    pl.read_csv(GOOD.encode()).write_parquet(tmp_path / "t.parquet")
    good = (tmp_path / "t.parquet").read_bytes()
    for bad in (good[:-20], good[:40] + b"\0" * 200 + good[240:], good[:-300] + b"\xff" * 290 + good[-10:]):
        (tmp_path / "t.parquet").write_bytes(bad)
        assert "t.parquet" in refusal(tmp_path / "t.parquet")


def test_declared_sizes_are_checked_before_anything_is_allocated(tmp_path):
    header = npy(X)[:128].replace(b"(30, 2)", b"(30000000000, 2)"[:16]).ljust(128)[:128]
    (tmp_path / "X.npy").write_bytes(header + b"\0" * 64)
    refusal(tmp_path / "X.npy", target=str(tmp_path / "X.npy"))
    (tmp_path / "big.idx").write_bytes(b"\0\0\x08\x03" + b"\xff" * 12 + b"\0" * 64)
    assert "truncated or damaged" in refusal(tmp_path / "big.idx", target=str(tmp_path / "big.idx"))


def test_compressed_bombs_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 2**20)
    monkeypatch.setattr("dlrecipe.data.sources.npz.MOST_BYTES", 2**20)
    monkeypatch.setattr("dlrecipe.data.sources.parquet.MOST_BYTES", 2**20)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,label\n" + b"1,1\n" * 2**20))
    assert "unzip to more than" in refusal(tmp_path / "t.csv.gz")
    np.savez_compressed(tmp_path / "t.npz", X=np.zeros((2**18, 1)), y=Y)
    assert "claim to unzip to" in refusal(tmp_path / "t.npz")
    pl.DataFrame({"a": [0] * 10**7, "label": [0] * 10**7}).write_parquet(tmp_path / "t.parquet")
    assert "declare 10,000,000 rows" in refusal(tmp_path / "t.parquet")


@pytest.mark.parametrize("name", ["bomb.idx.gz", "bomb.npy.gz"])
def test_a_gzipped_array_is_unzipped_no_further_than_its_header_says(tmp_path, name):
    array = np.zeros((10, 28, 28), np.uint8)
    file = npy(array) if ".npy" in name else idx(array)
    bomb = tmp_path / name
    bomb.write_bytes(gzip.compress(file + b"\0" * 2**27, compresslevel=1))
    tracemalloc.start()
    told = refusal(bomb, target=str(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert f"the header declares {len(file):,} bytes in all, but the gzipped file holds more" in told
    assert peak < 2**26


def test_a_gzipped_file_may_not_expand_beyond_measure(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PLENTY", 2**20)
    packed = gzip.compress(b"a,label\n" + b"1,1\n" * 2**20)
    (tmp_path / "t.csv.gz").write_bytes(packed)
    assert f"{len(packed):,} gzipped bytes unzip to more than" in refusal(tmp_path / "t.csv.gz")
    huge = gzip.compress(idx(np.zeros((2, 1), np.uint8))[:8] + b"\x40\0\0\0" + b"\0" * 64)
    (tmp_path / "huge.idx.gz").write_bytes(huge)
    told = refusal(tmp_path / "huge.idx.gz", target=str(tmp_path / "huge.idx.gz"))
    assert "unzip to 2,147,483,660 by their header" in told


def test_a_zip_member_that_lies_about_its_size(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("X.npy", npy(X))
        archive.writestr("y.npy", npy(Y))
    content = bytearray((tmp_path / "t.npz").read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 50)
    (tmp_path / "t.npz").write_bytes(bytes(content))
    refusal(tmp_path / "t.npz")


def _good(name, folder):
    if name.endswith(".npz"):
        np.savez_compressed(folder / name, X=X, y=Y)
    elif name.endswith(".npy"):
        np.save(folder / name, X)
    elif name.endswith(".idx"):
        (folder / name).write_bytes(idx(np.arange(120, dtype=np.uint8).reshape(30, 2, 2)))
    elif name.endswith(".gz"):
        (folder / name).write_bytes(gzip.compress(GOOD.encode()))
    else:
        (folder / name).write_text(GOOD)
    return (folder / name).read_bytes()


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.npz", "t.npy", "t.idx"])
def test_damaged_files_are_read_or_refused(tmp_path, name):
    (tmp_path / "y.npy").write_bytes(npy(Y))
    (tmp_path / "y.idx").write_bytes(idx(Y.astype(np.uint8)))
    labels = {".npy": "y.npy", ".idx": "y.idx"}.get(name[-4:])
    plan = Plan(source=str(tmp_path / name), target=str(tmp_path / labels) if labels else None)
    good = _good(name, tmp_path)
    load(plan, np.random.default_rng(0))
    rng = np.random.default_rng(0)
    refused = 0
    for trial in range(150):
        bad = bytearray(good)
        for at in rng.integers(0, len(bad), rng.integers(1, 4)):
            bad[at] = rng.integers(0, 256)
        if trial % 3 == 0:
            del bad[rng.integers(0, len(bad)) :]
        (tmp_path / name).write_bytes(bytes(bad))
        try:
            load(plan, np.random.default_rng(0))
        except DataError:
            refused += 1
    assert refused
