"""Inputs that stay on disk: the same parts, statistics and numbers as in memory."""

from __future__ import annotations

import os
import tempfile

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.data import EncodedRows, Plan, encoded, load
from dlrecipe.data.raw import Wanted
from dlrecipe.data.sources import npy, on_disk, read
from dlrecipe.errors import DataError

ROWS = 500


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Read as if everything were large."""
    monkeypatch.setattr(on_disk, "_PIECE", 100)
    monkeypatch.setattr(on_disk, "_GAP", 60)
    monkeypatch.setattr(encoded, "KEPT", 0)


@pytest.fixture
def arrays(tmp_path):
    rng = np.random.default_rng(5)
    X = rng.normal(3.0, 2.0, (ROWS, 4)).astype(np.float32)
    np.save(tmp_path / "X.npy", X)
    np.save(tmp_path / "y.npy", (X[:, 0] > 3).astype(np.int64))
    return tmp_path


def parts(source, target, **plan):
    return [
        load(Plan(source=str(source), target=str(target), stream=stream, **plan), np.random.default_rng(1))
        for stream in (False, True)
    ]


def assert_same(memory, disk):
    for name in ("train", "dev", "test"):
        kept, streamed = getattr(memory, name), getattr(disk, name)
        assert isinstance(kept.X, np.ndarray)
        assert isinstance(streamed.X, EncodedRows)
        assert streamed.X.shape == kept.X.shape
        np.testing.assert_array_equal(streamed.rows, kept.rows)
        np.testing.assert_array_equal(streamed.y, kept.y)
        np.testing.assert_array_equal(streamed.X[:], kept.X)
        some = np.random.default_rng(2).permutation(len(kept))[:7]
        np.testing.assert_array_equal(streamed.X[some], kept.X[some])
    np.testing.assert_array_equal(disk.encoder.mean, memory.encoder.mean)
    np.testing.assert_array_equal(disk.encoder.scale, memory.encoder.scale)
    assert disk.notes == memory.notes


@pytest.mark.parametrize("normalize", [True, False])
def test_npy_is_the_same_as_in_memory(arrays, normalize):
    assert_same(*parts(arrays / "X.npy", arrays / "y.npy", normalize=normalize))


@pytest.mark.parametrize("kind", ["u1", "i2", ">f4", "f8"])
def test_images_of_any_type(arrays, kind):
    np.save(arrays / "X.npy", np.random.default_rng(0).integers(0, 200, (ROWS, 2, 3)).astype(kind))
    assert_same(*parts(arrays / "X.npy", arrays / "y.npy"))


def test_dropped_rows(arrays):
    X = np.load(arrays / "X.npy")
    X[::9, 1] = np.nan
    np.save(arrays / "X.npy", X)
    assert_same(*parts(arrays / "X.npy", arrays / "y.npy", missing="drop"))
    for policy, message in (("error", "missing cells"), ("mean", "whole set in memory")):
        with pytest.raises(DataError, match=message):
            parts(arrays / "X.npy", arrays / "y.npy", missing=policy)


@pytest.mark.parametrize("single", [True, False])
def test_parquet_is_the_same_as_in_memory(tmp_path, monkeypatch, single):
    monkeypatch.setattr("dlrecipe.data.sources.converted._PIECE", 1000)
    rng = np.random.default_rng(3)
    frame = pl.DataFrame(
        {
            "a": rng.normal(size=ROWS).astype(np.float32),
            "patient": [f"p{i // 5}" for i in range(ROWS)],
            "b": pl.Series(rng.integers(0, 9, ROWS), dtype=pl.Int16),
            "label": rng.choice(["no", "yes"], ROWS),
        }
    )
    frame = frame.with_columns(pl.col("b").cast(pl.Float32)) if single else frame
    frame.write_parquet(tmp_path / "t.parquet", row_group_size=64)
    assert_same(*parts(tmp_path / "t.parquet", "label", group="patient"))


def test_parquet_with_texts_is_read_whole(tmp_path):
    pl.DataFrame({"a": ["x", "y"] * 20, "label": [0, 1, 1, 0] * 10}).write_parquet(tmp_path / "t.parquet")
    table = read(str(tmp_path / "t.parquet"), Wanted(stream=True))
    assert isinstance(table.numbers, np.ndarray)


def test_no_room_for_parquet_rows(tmp_path, monkeypatch):
    def full(**_):
        return os.fdopen(os.open("/dev/full", os.O_RDWR), "r+b", buffering=0)

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    pl.DataFrame({"a": [1.0] * 40, "label": [0, 1] * 20}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(DataError, match=r"cannot be laid out.*TMPDIR"):
        read(str(tmp_path / "t.parquet"), Wanted(stream=True))


def test_small_files_and_parts_are_kept_in_memory(arrays, monkeypatch):
    monkeypatch.setattr(encoded, "KEPT", 4 * 4 * 150)
    automatic = load(
        Plan(source=str(arrays / "X.npy"), target=str(arrays / "y.npy")), np.random.default_rng(0)
    )
    assert isinstance(automatic.train.X, np.ndarray)
    _, disk = parts(arrays / "X.npy", arrays / "y.npy")
    assert isinstance(disk.train.X, EncodedRows)
    assert isinstance(disk.dev.X, np.ndarray)


def test_large_files_stay_on_disk_by_themselves(arrays, monkeypatch):
    monkeypatch.setattr("dlrecipe.data.sources.files.LARGE", 1000)
    automatic = load(
        Plan(source=str(arrays / "X.npy"), target=str(arrays / "y.npy")), np.random.default_rng(0)
    )
    assert isinstance(automatic.train.X, EncodedRows)


def test_columns_are_read_whole(arrays):
    np.save(arrays / "X.npy", np.asfortranarray(np.load(arrays / "X.npy")))
    _, whole = parts(arrays / "X.npy", arrays / "y.npy")
    assert isinstance(whole.train.X, np.ndarray)


@pytest.mark.parametrize("source", ["digits", "t.csv"])
def test_other_formats_cannot_be_streamed(source):
    with pytest.raises(DataError, match=r"needs a \.npy or \.parquet file"):
        load(Plan(source=source, stream=True), np.random.default_rng(0))


def test_a_file_that_is_cut_while_it_is_read(arrays):
    _, disk = parts(arrays / "X.npy", arrays / "y.npy")
    os.truncate(arrays / "X.npy", 2000)
    with pytest.raises(DataError, match=r"X\.npy: the file ends before row .* cut while it was read"):
        disk.train.X[:]


def test_a_value_too_large_for_float32(arrays):
    X = np.load(arrays / "X.npy").astype(np.float64)
    X[7, 2] = 1e300
    np.save(arrays / "X.npy", X)
    disk = load(
        Plan(source=str(arrays / "X.npy"), target=str(arrays / "y.npy"), stream=True, normalize=False),
        np.random.default_rng(0),
    )
    part = next(part for part in (disk.train, disk.dev, disk.test) if 7 in part.rows)
    with pytest.raises(DataError, match=r"`x3` in row 8 .* is too large"):
        part.X[:]


@pytest.mark.parametrize("content", [b"hello", b"\x93NUMPY\x01\x00"])
def test_damaged_files(tmp_path, content):
    (tmp_path / "X.npy").write_bytes(content)
    with pytest.raises(DataError, match="no readable NumPy array"):
        npy.on_disk(str(tmp_path / "X.npy"))


@given(rows=st.lists(st.integers(0, 99), max_size=60))
def test_any_rows_in_any_order(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "hundred.npy"
    X = np.arange(300, dtype=np.int16).reshape(100, 3)
    np.save(path, X)
    index = np.array(rows, np.int64)
    np.testing.assert_array_equal(npy.on_disk(str(path))[index], X[index])
