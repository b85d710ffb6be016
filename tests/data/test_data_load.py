"""From files to parts: encoding, statistics of train only, missing cells, files of their own."""

from __future__ import annotations

import gzip
import struct

import numpy as np
import polars as pl
import pytest
from sklearn.preprocessing import StandardScaler

from dlrecipe.data import BUNDLED, Plan, load, load_arrays
from dlrecipe.data.sources.kinds import is_table
from dlrecipe.errors import DataError


def seeded(**plan):
    return load(Plan(**plan), np.random.default_rng(0))


@pytest.fixture
def write(tmp_path):
    def to(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return to


def table(rows, header="a,color,label"):
    return "\n".join([header, *rows]) + "\n"


COLORS = ["blue", "green", "red"]
MIXED = table([f"{i},{COLORS[i % 3]},{'yes' if i % 2 else 'no'}" for i in range(30)])


@pytest.mark.parametrize(
    ("name", "sizes", "n_x", "classes"),
    [
        ("digits", (1079, 359, 359), 64, list(range(10))),
        ("breast-cancer", (341, 114, 114), 30, ["benign", "malignant"]),
        ("diabetes", (266, 88, 88), 10, None),
    ],
)
def test_bundled_sets(name, sizes, n_x, classes):
    data = seeded(source=name)
    assert name in BUNDLED
    assert data.name == name
    assert (len(data.train), len(data.dev), len(data.test)) == sizes
    assert data.train_dev is None
    assert data.n_x == n_x
    assert data.n_classes == (None if classes is None else len(classes))
    assert (data.encoder.classes is None) if classes is None else (data.encoder.classes.tolist() == classes)
    assert data.train.X.dtype == np.float32
    assert data.train.X.flags.c_contiguous
    assert not any("this is" in note for note in data.notes)


def test_bundled_sets_are_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    originals = {
        "digits": datasets.load_digits(),
        "breast-cancer": datasets.load_breast_cancer(),
        "diabetes": datasets.load_diabetes(scaled=False),
    }
    for name, original in originals.items():
        data = seeded(source=name, normalize=False)
        assert data.encoder.columns.tolist() == list(original.feature_names)
        for part in (data.train, data.dev, data.test):
            np.testing.assert_array_equal(part.X, original.data[part.rows].astype(np.float32))
            expected = original.target[part.rows]
            if name == "breast-cancer":  # there 0 is malignant, here classes are sorted by name
                expected = 1 - expected
            if name == "diabetes":
                expected = (expected - data.encoder.target_mean) / data.encoder.target_scale
            np.testing.assert_allclose(part.y, expected, rtol=1e-13)


def test_a_bundled_target_may_be_named():
    assert seeded(source="digits", target="label").encoder.labels.name == "label"


def test_the_split_is_the_seeds():
    one, two = seeded(source="digits"), seeded(source="digits")
    other = load(Plan(source="digits"), np.random.default_rng(1))
    for part in ("train", "dev", "test"):
        np.testing.assert_array_equal(getattr(one, part).X, getattr(two, part).X)
        np.testing.assert_array_equal(getattr(one, part).rows, getattr(two, part).rows)
    assert not np.array_equal(one.train.rows, other.train.rows)


def test_fewer_training_examples_are_part_of_more_and_leave_the_other_parts_alone():
    whole, many, few = (seeded(source="digits", train_examples=n) for n in (None, 300, 50))
    assert [len(data.train) for data in (many, few)] == [300, 50]
    assert set(few.train.rows) < set(many.train.rows) < set(whole.train.rows)
    for part in ("dev", "test"):
        assert np.array_equal(getattr(few, part).rows, getattr(whole, part).rows)
    assert np.allclose(few.train.X.mean(0), 0, atol=1e-5)


def test_more_training_examples_than_there_are_is_all_of_them():
    data = seeded(source="digits", train_examples=10**6)
    assert np.array_equal(data.train.rows, seeded(source="digits").train.rows)
    assert any("all 1,079 training rows are used" in note for note in data.notes)


def test_stratified_parts_have_the_mix_of_the_whole():
    data = seeded(source="digits")
    everything = np.concatenate([data.train.y, data.dev.y, data.test.y])
    for part in (data.train, data.dev, data.test):
        exact = np.bincount(everything) * len(part) / len(everything)
        assert abs(np.bincount(part.y) - exact).max() < 1


def test_statistics_are_standard_scalers_of_train():
    raw = seeded(source="breast-cancer", normalize=False)
    data = seeded(source="breast-cancer")
    scaler = StandardScaler().fit(
        pytest.importorskip("sklearn.datasets").load_breast_cancer().data[data.train.rows]
    )
    np.testing.assert_allclose(data.encoder.mean, scaler.mean_, rtol=1e-12)
    np.testing.assert_allclose(data.encoder.scale, scaler.scale_, rtol=1e-12)
    np.testing.assert_allclose(data.test.X, scaler.transform(raw.test.X.astype(float)), rtol=1e-4, atol=1e-5)
    assert (raw.encoder.mean == 0).all()
    assert (raw.encoder.scale == 1).all()


def test_regression_target_is_scaled_by_train_also_without_normalize():
    for normalize in (True, False):
        data = seeded(source="diabetes", normalize=normalize)
        assert data.train.y.dtype == np.float64
        assert abs(data.train.y.mean()) < 1e-12
        assert abs(data.train.y.std() - 1) < 1e-12
        assert data.encoder.target_mean == pytest.approx(152, abs=20)


def test_other_parts_do_not_move_the_statistics(write):
    rows = [f"{i * i},{COLORS[i % 3]},{i % 2}" for i in range(30)]
    first = seeded(source=write("first.csv", table(rows)))
    strange = [
        row if i in first.train.rows else f"-1000,{COLORS[i % 3]},{i % 2}" for i, row in enumerate(rows)
    ]
    second = seeded(source=write("second.csv", table(strange)))
    np.testing.assert_array_equal(first.train.rows, second.train.rows)
    np.testing.assert_array_equal(first.encoder.mean, second.encoder.mean)
    np.testing.assert_array_equal(first.encoder.scale, second.encoder.scale)
    np.testing.assert_array_equal(first.train.X, second.train.X)


def test_texts_become_columns_in_place(write):
    data = seeded(source=write("mixed.csv", MIXED), normalize=False)
    assert data.encoder.columns.tolist() == ["a", "color=blue", "color=green", "color=red"]
    assert data.encoder.classes.tolist() == ["no", "yes"]
    for part in (data.train, data.dev, data.test):
        for x, y, row in zip(part.X, part.y, part.rows, strict=True):
            assert x.tolist() == [row, *(float(row % 3 == color) for color in range(3))]
            assert y == row % 2


def test_parquet_reads_like_csv(write, tmp_path):
    path = write("mixed.csv", MIXED)
    pl.read_csv(path).write_parquet(tmp_path / "mixed.parquet")
    one, two = seeded(source=path), seeded(source=str(tmp_path / "mixed.parquet"))
    np.testing.assert_array_equal(one.train.X, two.train.X)
    np.testing.assert_array_equal(one.encoder.classes, two.encoder.classes)


def test_parquet_types(tmp_path):
    pl.DataFrame(
        {
            "flag": [True, False] * 10,
            "zip": ["01", "02"] * 10,
            "kind": pl.Series(["x", "y"] * 10, dtype=pl.Categorical),
            "small": pl.Series(range(20), dtype=pl.UInt8),
            "price": pl.Series(["1.5", "2.5"] * 10).cast(pl.Decimal(10, 2)),
            "target": [True, False] * 10,
        }
    ).write_parquet(tmp_path / "t.parquet")
    data = seeded(source=str(tmp_path / "t.parquet"), normalize=False)
    assert data.encoder.columns.tolist() == [
        "flag", "zip=01", "zip=02", "kind=x", "kind=y", "small", "price",
    ]  # fmt: skip
    assert data.encoder.classes.tolist() == [False, True]
    row = data.train.rows[0]
    odd = row % 2
    assert data.train.X[0].tolist() == [1 - odd, 1 - odd, odd, 1 - odd, odd, row, 1.5 + odd]
    assert data.train.y[0] == 1 - odd


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_quotes_blank_lines_and_gzip(tmp_path, separator):
    text = "\ufeff" + MIXED.replace("color", '"color"').replace(",", separator).replace(
        "\n5", "\n\n5"
    ).replace("\n", "\r\n")
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(text.encode()))
    data = seeded(source=str(tmp_path / "t.csv.gz"), normalize=False)
    assert data.encoder.columns[:2].tolist() == ["a", "color=blue"]
    assert len(data.train) + len(data.dev) + len(data.test) == 30
    assert any("1 empty lines are skipped" in note for note in data.notes)


def arrays(n=60, width=4, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, width)), np.arange(n) % 3


def test_npz_npy_and_memory_are_one(tmp_path):
    X, y = arrays()
    np.savez(tmp_path / "d.npz", X=X, y=y)
    np.savez_compressed(tmp_path / "e.npz", X=np.asfortranarray(X).astype(">f8"), labels=y.astype(np.uint8))
    np.save(tmp_path / "X.npy", X)
    np.save(tmp_path / "y.npy", y[:, np.newaxis])
    sets = [
        seeded(source=str(tmp_path / "d.npz")),
        seeded(source=str(tmp_path / "e.npz"), target="labels"),
        seeded(source=str(tmp_path / "X.npy"), target=str(tmp_path / "y.npy")),
        load_arrays(X, y, Plan(source="memory"), np.random.default_rng(0)),
    ]
    for data in sets:
        np.testing.assert_array_equal(data.dev.X, sets[0].dev.X)
        np.testing.assert_array_equal(data.dev.y, y[data.dev.rows])
        assert data.encoder.columns.tolist() == ["x1", "x2", "x3", "x4"]


def idx(array, code=8):
    return bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def test_idx_images_are_flattened_row_by_row(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (40, 5, 3)).astype(np.uint8)
    labels = (np.arange(40) % 4).astype(np.uint8)
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(labels)))
    (tmp_path / "pictures").write_bytes(idx(images))
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(images[:8]))
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(labels[:8]))
    found = seeded(source=str(tmp_path / "train-images-idx3-ubyte.gz"), normalize=False)
    named = seeded(
        source=str(tmp_path / "pictures"),
        target=str(tmp_path / "train-labels-idx1-ubyte.gz"),
        normalize=False,
    )
    for data in (found, named):
        assert data.task == "classification"
        np.testing.assert_array_equal(data.train.X, images.reshape(40, 15)[data.train.rows])
        np.testing.assert_array_equal(data.train.y, labels[data.train.rows])


def test_dev_labels_are_found_by_the_name_of_the_training_labels(tmp_path):
    X, y = arrays()
    for part, rows in (("train", slice(0, 40)), ("dev", slice(40, 60))):
        np.save(tmp_path / f"{part}_X.npy", X[rows])
        np.save(tmp_path / f"{part}_y.npy", y[rows])
    data = seeded(
        source=str(tmp_path / "train_X.npy"),
        target=str(tmp_path / "train_y.npy"),
        dev=str(tmp_path / "dev_X.npy"),
    )
    np.testing.assert_array_equal(data.dev.y, y[40:])
    assert data.test is None


def test_dev_and_test_files(write):
    source = write("source.csv", MIXED)
    dev = write("dev.csv", "label,extra,color,a\nyes,1,red,7\nno,1,violet,8\n")
    data = seeded(
        source=source, dev=dev, test=source, train_dev=0.1, split={"train": 5, "dev": 5}, normalize=False
    )
    assert (len(data.train), len(data.train_dev), len(data.dev), len(data.test)) == (27, 3, 2, 30)
    assert data.dev.X.tolist() == [[7, 0, 0, 1], [8, 0, 0, 0]]
    assert data.dev.y.tolist() == [1, 0]
    notes = " ".join(data.notes)
    assert "`data.split` is not used" in notes
    assert "`data.source` and `data.test` are the same file" in notes
    assert "ignored columns that are no inputs of the model: `extra`" in notes
    assert "`violet`" in notes


def test_only_a_test_file(write):
    source = write("source.csv", MIXED)
    data = seeded(source=source, test=source)
    assert (len(data.train), len(data.dev), len(data.test)) == (24, 6, 30)


def test_train_dev_leaves_dev_and_test_alone():
    plain, mismatch = seeded(source="digits"), seeded(source="digits", train_dev=0.05)
    np.testing.assert_array_equal(plain.dev.rows, mismatch.dev.rows)
    np.testing.assert_array_equal(plain.test.rows, mismatch.test.rows)
    assert len(mismatch.train_dev) == 54
    assert sorted([*mismatch.train.rows, *mismatch.train_dev.rows]) == sorted(plain.train.rows)


def test_groups_are_no_input_and_stay_whole(write):
    rows = [f"{i},p{i // 3},{i % 2}" for i in range(60)]
    path = write("g.csv", table(rows, "a,patient,label"))
    data = seeded(source=path, group="patient", train_dev=0.2)
    assert data.encoder.columns.tolist() == ["a"]
    patients = [set(part.rows // 3) for part in (data.train, data.train_dev, data.dev, data.test)]
    assert sum(map(len, patients)) == 20
    again = data.encoder.read_labelled(path)
    assert not any("ignored" in note for note in again.notes)


def test_groups_of_arrays(tmp_path):
    X, y = arrays()
    np.savez(tmp_path / "d.npz", X=X, y=y, who=np.arange(60) // 6)
    data = seeded(source=str(tmp_path / "d.npz"), group="who")
    assert sum(len(set(part.rows // 6)) for part in (data.train, data.dev, data.test)) == 10
    with pytest.raises(DataError, match=r"no array `whose` for `data\.group`"):
        seeded(source=str(tmp_path / "d.npz"), group="whose")
    np.savez(tmp_path / "d.npz", X=X, y=y, who=np.where(np.arange(60) == 7, np.nan, np.arange(60) // 6))
    with pytest.raises(DataError, match=r"column `who` has 1 missing cells, the first in row 8 "):
        seeded(source=str(tmp_path / "d.npz"), group="who")


def test_shared_groups_of_dev_files_are_noted(write):
    rows = [f"{i},p{i // 3},{i % 2}" for i in range(60)]
    source = write("g.csv", table(rows, "a,patient,label"))
    dev = write("dev.csv", "a,patient,label\n1,p0,0\n2,q,1\n")
    data = seeded(source=source, group="patient", dev=dev)
    assert any("1 groups of `data.group` are also in" in note for note in data.notes)


def holes(write, name="holes.csv"):
    rows = [
        f"{i if i % 7 else ''},{COLORS[i % 3] if i % 5 else 'NaN'},{i % 2 if i != 29 else ''}"
        for i in range(30)
    ]
    return write(name, table(rows))


def test_missing_cells_are_an_error_by_default(write):
    with pytest.raises(DataError) as caught:
        seeded(source=holes(write))
    first, second, third = caught.value.messages
    assert "column `a` has 5 missing cells, the first in row 1 (row 1 is the one below the header)" in first
    assert "column `color` has 6 missing cells" in second
    assert "column `label` has 1 missing cells, the first in row 30" in third
    assert "mean, median or drop" in first


def test_missing_cells_can_cost_the_row(write):
    data = seeded(source=holes(write), missing="drop", normalize=False)
    kept = [i for i in range(30) if i % 7 and i % 5 and i != 29]
    assert sorted([*data.train.rows, *data.dev.rows, *data.test.rows]) == kept
    np.testing.assert_array_equal(data.train.X[:, 0], data.train.rows)
    assert any(
        "10 of 30 rows are dropped" in note or f"{30 - len(kept)} of 30 rows" in note for note in data.notes
    )


@pytest.mark.parametrize(("policy", "middle"), [("mean", np.mean), ("median", np.median)])
def test_missing_cells_are_filled_from_train(write, policy, middle):
    data = seeded(source=holes(write), missing=policy, normalize=False)
    train = data.train.rows
    present = train[train % 7 != 0]
    for part in (data.train, data.dev, data.test):
        expected = np.where(part.rows % 7 == 0, middle(present), part.rows).astype(np.float32)
        np.testing.assert_allclose(part.X[:, 0], expected, rtol=1e-6)
        assert (part.X[:, 1:].sum(axis=1) == 1).all()
    known = train[train % 5 != 0]
    frequent = np.bincount(known % 3).argmax()
    filled = data.train.X[data.train.rows % 5 == 0, 1:]
    assert (filled.argmax(axis=1) == frequent).all()
    assert 29 not in np.concatenate([data.train.rows, data.dev.rows, data.test.rows])


def test_what_people_write_for_a_missing_number(write):
    rows = [
        f"{cell},{i % 2}"
        for i, cell in enumerate(["1.5", "NA", " 2 ", "?", "null", "1e3", "N/A", "-"[:0], "NaN", "3"] * 2)
    ]
    data = seeded(source=write("na.csv", table(rows, "a,label")), missing="drop", normalize=False)
    assert data.encoder.columns.tolist() == ["a"]
    assert len(data.train) + len(data.dev) + len(data.test) == 8


@pytest.mark.parametrize(
    ("cells", "task", "classes"),
    [
        (["a", "b"] * 10, "classification", ["a", "b"]),
        (["True", "False"] * 10, "classification", ["False", "True"]),
        (["0.0", "1.0"] * 10, "classification", [0, 1]),
        (["10", "9", "-1"] * 4, "classification", [-1, 9, 10]),
        (["5", "6", "7"] * 2, "classification", [5, 6, 7]),
        ([str(i) for i in range(40)], "regression", None),
        ([str(i % 15) for i in range(30)], "regression", None),
        ([str(i % 15) for i in range(300)], "classification", list(range(15))),
        (["1.5", "2.5"] * 10, "regression", None),
    ],
)
def test_the_task_is_guessed_and_said(write, cells, task, classes):
    rows = [f"{i},{cell}" for i, cell in enumerate(cells)]
    data = seeded(source=write("t.csv", table(rows, "a,target")), stratify=False)
    assert data.task == task
    assert (data.encoder.classes.tolist() if classes else data.encoder.classes) == classes
    assert any(f"this is {task}" in note for note in data.notes)


def test_a_known_task_is_not_said(write):
    rows = [f"{i},{i % 3}" for i in range(30)]
    data = seeded(source=write("t.csv", table(rows, "a,target")), task="regression")
    assert data.task == "regression"
    assert not any("this is" in note for note in data.notes)


@pytest.mark.parametrize("power", [-300, -30, 0, 30])
def test_tiny_and_huge_values_are_normalised(power):
    X, y = arrays()
    data = load_arrays(X * 10.0**power, y, Plan(source="memory"), np.random.default_rng(0))
    plain = load_arrays(X, y, Plan(source="memory"), np.random.default_rng(0))
    np.testing.assert_allclose(data.train.X, plain.train.X, rtol=1e-5, atol=1e-6)


def test_a_huge_offset_costs_no_precision():
    X, y = arrays()
    steps = np.round(X * 8)
    data = load_arrays(steps + 2.0**30, y, Plan(source="memory"), np.random.default_rng(0))
    plain = load_arrays(steps, y, Plan(source="memory"), np.random.default_rng(0))
    np.testing.assert_allclose(data.train.X, plain.train.X, rtol=1e-5, atol=1e-6)


def test_constant_columns_do_no_harm():
    X, y = arrays()
    X[:, 2] = 0.1
    data = load_arrays(X, y, Plan(source="memory"), np.random.default_rng(0))
    assert data.encoder.scale[2] == 1
    assert (data.train.X[:, 2] == 0).all()
    assert any("constant in the training rows" in note and "`x3`" in note for note in data.notes)


def test_statistics_of_float32_are_taken_in_float64():
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(200_000, 3)) + 1000).astype(np.float32)
    data = load_arrays(X, np.arange(200_000) % 2, Plan(source="memory"), np.random.default_rng(0))
    train = X[data.train.rows].astype(np.float64)
    np.testing.assert_allclose(data.encoder.mean, train.mean(axis=0), rtol=1e-13)
    np.testing.assert_allclose(data.encoder.scale, train.std(axis=0), rtol=1e-11)


def test_unused_rows_and_absent_classes_are_noted(write):
    rows = [f"{i},{0 if i < 20 else 1 if i < 39 else 2}" for i in range(40)]
    data = seeded(source=write("t.csv", table(rows, "a,label")), split={"train": 20, "dev": 8, "test": 8})
    assert any("4 of 40 rows are in no part" in note for note in data.notes)
    assert any("classes without a row in dev: `2`" in note for note in data.notes)


def test_a_million_rows():
    n = 1_000_000
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, 3)).astype(np.float32)
    data = load_arrays(X, rng.integers(0, 2, n), Plan(source="memory"), np.random.default_rng(0))
    assert (len(data.train), len(data.dev), len(data.test)) == (980_000, 10_000, 10_000)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        *((name, True) for name in ("a/B.CSV", "b.tsv.gz", "b.Parquet")),
        *((name, False) for name in ("c.npz", "c.npy.gz", "a-idx3-ubyte.gz", "digits", ".csv/digits")),
    ],
)
def test_tables_are_told_by_name(name, table):
    assert is_table(name) == table
