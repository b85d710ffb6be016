"""Data files broken by chance: learned from, or refused with a message that names the file."""

import gzip
import io
import random
import struct
import zipfile
from collections import Counter

import numpy as np
import pytest
from faults_fuzz import bounded, mutate

from dlrecipe.data import Plan, load
from dlrecipe.errors import DataError

RNG = np.random.default_rng(0)
ROWS = 24
X = RNG.normal(size=(ROWS, 3))
Y = np.arange(ROWS) % 2


def table():
    """A table of numbers, texts, quotes and empty cells."""
    lines = [
        f'{x[0]:.3f},{"red" if x[1] > 0 else "blue"},"a, b",{x[2]:.2e},{y}' for x, y in zip(X, Y, strict=True)
    ]
    return "\n".join(["size,color,note,weight,label", *lines, "1,,x,2,1"]).encode()


def npz(save):
    """An archive of inputs and targets."""
    file = io.BytesIO()
    save(file, X=X.astype(np.float32), y=Y)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


IMAGES = b"\0\0\x08\x03" + struct.pack(">3I", ROWS, 3, 3) + bytes(RNG.integers(0, 256, ROWS * 9, np.uint8))
LABELS = b"\0\0\x08\x01" + struct.pack(">I", ROWS) + bytes(Y.astype(np.uint8))

CSV_WORDS = (
    b'"',
    b",,",
    b"\n\n",
    b"\r",
    b"nan",
    b"inf",
    b"1e999",
    b"\xff",
    b"\0",
    b'""',
    b";",
    b"\t",
    b"9" * 400,
)
NPY_WORDS = (
    b"'O'",
    b"'<f8'",
    b"(9999999999, 3)",
    b"True",
    b"(-1, 3)",
    b"'descr'",
    b"<U9",
    b"PK\x03\x04",
    b"\xff" * 8,
)
FORMATS = {
    "CSV": ("fuzzed.csv", table(), {}, CSV_WORDS),
    "npz": ("fuzzed.npz", npz(np.savez), {}, NPY_WORDS),
    "npz, compressed": ("fuzzed.npz", npz(np.savez_compressed), {}, NPY_WORDS),
    "npy": ("fuzzed.npy", npy(X), {"target": "labels.npy"}, NPY_WORDS),
    "IDX": (
        "fuzzed-idx3-ubyte",
        IMAGES,
        {"target": "labels-idx1-ubyte"},
        (b"\xff\xff\xff\xff", b"\0\0\x0e\x04"),
    ),
    "IDX, gzipped": ("fuzzed-idx3-ubyte.gz", gzip.compress(IMAGES), {"target": "labels-idx1-ubyte"}, ()),
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("count", [150, pytest.param(5000, marks=pytest.mark.slow)])
def test_a_mutated_data_file_is_read_or_refused(tmp_path, monkeypatch, figure, kind, count):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "labels.npy").write_bytes(npy(Y))
    (tmp_path / "labels-idx1-ubyte").write_bytes(LABELS)
    name, content, settings, words = FORMATS[kind]
    rng, outcomes, file = random.Random(count), Counter(), tmp_path / name
    for number in range(count):
        file.write_bytes(mutate(content, rng, words))
        plan = Plan(source=str(file), missing="median" if number % 2 else "error", **settings)
        with bounded():
            try:
                dataset = load(plan, np.random.default_rng(0))
            except DataError:
                outcomes["refused"] += 1
                continue
        outcomes["read"] += 1
        assert np.isfinite(dataset.train.X).all()
    assert outcomes["refused"]
    figure(f"mutated {kind} files", f"{count:,}: {outcomes['refused']:,} refused, 0 tracebacks or hangs")


def test_a_bomb_is_refused_by_what_it_declares(tmp_path):
    file, small = tmp_path / "bomb.npz", npz(np.savez_compressed)
    size = zipfile.ZipFile(io.BytesIO(small)).getinfo("X.npy").file_size
    file.write_bytes(small.replace(struct.pack("<I", size), struct.pack("<I", 2**31)))
    with bounded(), pytest.raises(DataError, match="claim to unzip to 2,147"):
        load(Plan(source=str(file)), np.random.default_rng(0))


def test_a_pickle_is_refused_and_not_run(tmp_path):
    file = tmp_path / "pickled.npz"
    np.savez(file, X=np.array([{"a": 1}] * 5, dtype=object), y=Y)
    with pytest.raises(DataError, match="Python objects"):
        load(Plan(source=str(file)), np.random.default_rng(0))
