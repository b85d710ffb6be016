"""Inputs that stay bytes are the numbers of the encoded array, to the last bit."""

from __future__ import annotations

import gzip
import struct
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.data import PackedRows, Plan, load, packed
from dlrecipe.errors import DataError

M = 120


def pictures(kind, width, seed):
    """Bytes of mixed spreads, with a column that never changes and one that hardly does."""
    rng = np.random.default_rng(seed)
    X = rng.integers(0, rng.integers(2, 257, width), (M, width)).astype(np.uint8)
    X[:, 0], X[:, -1] = X[0, 0], rng.random(M) < 0.05
    return X.view(np.int8) if kind == "int8" else X > 20 if kind == "bool" else X


def save(folder, form, X):
    """Write X and labels in a format, and return a plan of them."""
    y = np.arange(M) % 3
    if form == "npz":
        np.savez(folder / "t.npz", X=X, y=y)
        return {"source": str(folder / "t.npz")}
    if form == "npy":
        np.save(folder / "X.npy", X)
        np.save(folder / "y.npy", y)
        return {"source": str(folder / "X.npy"), "target": str(folder / "y.npy")}
    content = struct.pack(">4B3I", 0, 0, 8, 3, M, X.shape[1], 1) + X.tobytes()
    (folder / "X-idx3.gz").write_bytes(gzip.compress(content))
    (folder / "y-idx1").write_bytes(struct.pack(">4BI", 0, 0, 8, 1, M) + y.astype(np.uint8).tobytes())
    return {"source": str(folder / "X-idx3.gz"), "target": str(folder / "y-idx1")}


def both(plan):
    """The data as bytes, and as floats."""
    sets = []
    for least in (0, 2**62):
        with mock.patch.object(packed, "PACKED", least):
            sets.append(load(plan, np.random.default_rng(0)))
    return sets


@given(
    form=st.sampled_from(["npz", "npy", "idx"]),
    kind=st.sampled_from(["uint8", "int8", "bool"]),
    width=st.integers(2, 40),
    seed=st.integers(0, 2**32 - 1),
    normalize=st.booleans(),
    values=st.sampled_from([1, 100, 2**16]),
)
@settings(max_examples=60, deadline=None)
def test_every_part_has_the_bits_of_the_encoded_array(
    tmp_path_factory, form, kind, width, seed, normalize, values
):
    X = pictures("uint8" if form == "idx" else kind, width, seed)
    plan = Plan(**save(tmp_path_factory.mktemp("bytes"), form, X), normalize=normalize, train_dev=0.1)
    with mock.patch.object(packed, "_VALUES", values):
        bytes_, floats = both(plan)
        assert bytes_.notes == floats.notes
        for name in ("train", "dev", "test", "train_dev"):
            one, two = getattr(bytes_, name), getattr(floats, name)
            assert isinstance(one.X, PackedRows)
            assert isinstance(two.X, np.ndarray)
            assert one.X.shape == two.X.shape
            assert one.X[:].tobytes() == two.X.tobytes()
            some = np.random.default_rng(seed).integers(0, len(one), 7)
            assert one.X[some].tobytes() == two.X[some].tobytes()
            assert one.X[3:5].tobytes() == two.X[3:5].tobytes()
            assert one.X[:0].shape == (0, width)
            read = np.empty((7, width), np.float32)
            one.X.read(some, read)
            assert read.tobytes() == two.X[some].tobytes()


def test_the_numbers_are_the_files_normalised(tmp_path):
    X = pictures("uint8", 9, 1)
    data, _ = both(Plan(**save(tmp_path, "npz", X)))
    train = X[data.train.rows].astype(np.float64)
    scale = np.where(train.std(0) > 0, train.std(0), 1)
    for part in (data.train, data.dev, data.test):
        expected = (X[part.rows] - train.mean(0)) / scale
        np.testing.assert_allclose(part.X[:], expected, rtol=1e-6, atol=1e-6)


def test_files_of_their_own_share_no_bytes_with_the_source(tmp_path):
    source, other = tmp_path / "s.npz", tmp_path / "o.npz"
    for path, seed in ((source, 1), (other, 2)):
        np.savez(path, X=pictures("uint8", 6, seed), y=np.arange(M) % 2)
    bytes_, floats = both(Plan(source=str(source), dev=str(other), test=str(source)))
    for name in ("train", "dev", "test"):
        assert getattr(bytes_, name).X[:].tobytes() == getattr(floats, name).X.tobytes()


def test_small_parts_are_floats(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "PACKED", 4 * 8 * 72)
    data = load(Plan(**save(tmp_path, "npz", pictures("uint8", 8, 0))), np.random.default_rng(0))
    assert [type(part.X) for part in (data.train, data.dev)] == [PackedRows, np.ndarray]
    assert len(data.train) == 72


@pytest.mark.parametrize(
    "X",
    [
        np.asfortranarray(pictures("uint8", 8, 0)),
        pictures("uint8", 8, 0).astype(np.int16),
        pictures("uint8", 8, 0).astype(np.float32),
    ],
)
def test_other_arrays_become_floats(tmp_path, monkeypatch, X):
    monkeypatch.setattr(packed, "PACKED", 0)
    data = load(Plan(**save(tmp_path, "npz", X)), np.random.default_rng(0))
    assert isinstance(data.train.X, np.ndarray)


def test_a_column_that_says_what_is_missing_makes_floats(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "PACKED", 0)
    plan = Plan(**save(tmp_path, "npz", pictures("uint8", 4, 0)), missing="mean", missing_indicator=["x2"])
    data = load(plan, np.random.default_rng(0))
    assert isinstance(data.train.X, np.ndarray)
    assert data.n_x == 5


def test_bytes_that_are_too_large_beside_the_training_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "PACKED", 0)
    X = np.tile([[1e-40, 1.0], [0.0, 2.0]], (20, 1))
    np.savez(tmp_path / "train.npz", X=X, y=np.arange(40) % 2)
    np.savez(tmp_path / "bytes.npz", X=np.full((4, 2), 200, np.uint8), y=np.arange(4) % 2)
    encoder = load(Plan(source=str(tmp_path / "train.npz")), np.random.default_rng(0)).encoder
    with pytest.raises(DataError, match=r"bytes\.npz: column `x1` in row 1 .* is too large"):
        encoder.read_labelled(str(tmp_path / "bytes.npz"))
