"""The encoder outlives the training: as arrays in a model file, and applied to other files."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from dlrecipe.data import Encoder, Plan, load, load_arrays
from dlrecipe.errors import DataError

COLORS = ["blue", "green", "red"]


@pytest.fixture
def mixed(tmp_path):
    rows = [f"{i},{COLORS[i % 3]},{i * i},{'yes' if i % 2 else 'no'}" for i in range(30)]
    path = tmp_path / "mixed.csv"
    path.write_text("\n".join(["a,color,b,label", *rows]) + "\n")
    return str(path)


def seeded(source, **plan):
    return load(Plan(source=source, **plan), np.random.default_rng(0))


def stored(encoder, tmp_path):
    np.savez(tmp_path / "model.npz", W1=np.zeros(3), **encoder.to_arrays())
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        return Encoder.from_arrays(arrays)


@pytest.mark.parametrize(
    "plan", [{}, {"missing": "median"}, {"normalize": False}, {"task": "classification"}]
)
def test_the_stored_encoder_is_the_same(mixed, tmp_path, plan):
    data = seeded(mixed, **plan)
    encoder = stored(data.encoder, tmp_path)
    for name, array in data.encoder.to_arrays().items():
        assert array.dtype.kind != "O"
        np.testing.assert_array_equal(encoder.to_arrays()[name], array)
    part = encoder.read_labelled(mixed).part
    np.testing.assert_array_equal(part.X[data.dev.rows], data.dev.X)
    np.testing.assert_array_equal(part.y[data.dev.rows], data.dev.y)


@pytest.mark.parametrize("name", ["digits", "breast-cancer", "diabetes"])
def test_bundled_encoders_are_stored_and_read_their_set(tmp_path, name):
    data = seeded(name)
    encoder = stored(data.encoder, tmp_path)
    part = encoder.read_labelled(name).part
    np.testing.assert_array_equal(part.X[data.test.rows], data.test.X)
    np.testing.assert_array_equal(part.y[data.test.rows], data.test.y)
    names = set(data.encoder.to_arrays())
    assert {"columns", "mean", "scale"} <= names
    assert ("classes" in names) == (name != "diabetes")
    assert ({"target_mean", "target_scale"} <= names) == (name == "diabetes")


def test_mean_and_scale_are_of_the_expanded_columns(mixed):
    data = seeded(mixed)
    raw = seeded(mixed, normalize=False)
    arrays = data.encoder.to_arrays()
    assert arrays["columns"].tolist() == ["a", "color=blue", "color=green", "color=red", "b"]
    expected = (raw.dev.X.astype(float) - arrays["mean"]) / arrays["scale"]
    np.testing.assert_allclose(data.dev.X, expected, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("labels", [[3, 7], [0.5, 1.5], ["b", "a"], [True, False]])
def test_classes_keep_their_type(labels, tmp_path):
    X = np.arange(40.0).reshape(20, 2)
    y = np.array(labels * 10)
    data = load_arrays(X, y, Plan(source="memory", task="classification"), np.random.default_rng(0))
    encoder = stored(data.encoder, tmp_path)
    assert encoder.classes.tolist() == sorted(labels)
    assert encoder.classes.dtype.kind == y.dtype.kind
    np.testing.assert_array_equal(encoder.classes[data.train.y], y[data.train.rows])


def test_columns_are_matched_by_name(mixed, tmp_path):
    data = seeded(mixed)
    frame = pl.read_csv(mixed)
    frame.select("label", pl.col("b").alias("new"), "b", "color", "a").write_csv(tmp_path / "other.csv")
    read = data.encoder.read_labelled(str(tmp_path / "other.csv"))
    np.testing.assert_array_equal(read.part.X[data.train.rows], data.train.X)
    assert any("`new`" in note for note in read.notes)
    frame.drop("label").write_parquet(tmp_path / "other.parquet")
    unlabelled = data.encoder.read_unlabelled(str(tmp_path / "other.parquet"))
    np.testing.assert_array_equal(unlabelled.X[data.train.rows], data.train.X)
    assert unlabelled.notes == ()


def test_what_does_not_fit_is_named(mixed, tmp_path):
    encoder = seeded(mixed).encoder
    frame = pl.read_csv(mixed)
    frame.drop("b").write_csv(tmp_path / "narrow.csv")
    with pytest.raises(DataError, match="columns of the training data are missing: `b`"):
        encoder.read_unlabelled(str(tmp_path / "narrow.csv"))
    frame.drop("label").write_csv(tmp_path / "unlabelled.csv")
    with pytest.raises(DataError, match="no column `label` for the target"):
        encoder.read_labelled(str(tmp_path / "unlabelled.csv"))
    frame.with_columns(label=pl.lit("maybe")).write_csv(tmp_path / "class.csv")
    with pytest.raises(
        DataError, match="classes that the training data do not have: `maybe`, first in row 1 "
    ):
        encoder.read_labelled(str(tmp_path / "class.csv"))
    assert len(encoder.read_unlabelled(str(tmp_path / "class.csv")).X) == 30
    np.savez(tmp_path / "d.npz", X=np.zeros((4, 3)), label=["yes"] * 4)
    with pytest.raises(DataError, match="`color` are texts"):
        encoder.read_labelled(str(tmp_path / "d.npz"))


def test_another_name_of_the_target(mixed, tmp_path):
    pl.read_csv(mixed).rename({"label": "truth"}).write_csv(tmp_path / "t.csv")
    data = seeded(mixed)
    part = data.encoder.read_labelled(str(tmp_path / "t.csv"), target="truth").part
    np.testing.assert_array_equal(part.y[data.dev.rows], data.dev.y)


def test_numbers_that_were_texts_in_training_stay_texts(tmp_path):
    rows = [f"{cell},{i % 2}" for i, cell in enumerate(["01", "02", "x"] * 10)]
    (tmp_path / "t.csv").write_text("\n".join(["code,label", *rows]))
    data = seeded(str(tmp_path / "t.csv"), normalize=False)
    (tmp_path / "new.csv").write_text("code\n01\n1\n02\n")
    read = data.encoder.read_unlabelled(str(tmp_path / "new.csv"))
    assert read.X.tolist() == [[1, 0, 0], [0, 0, 0], [0, 1, 0]]
    assert any("in 1 rows: `1`" in note for note in read.notes)


def test_text_classes_that_look_like_numbers_in_another_file(tmp_path):
    rows = [f"{i},{cell}" for i, cell in enumerate(["01", "02", "x"] * 10)]
    (tmp_path / "t.csv").write_text("\n".join(["a,label", *rows]))
    data = seeded(str(tmp_path / "t.csv"))
    (tmp_path / "new.csv").write_text("a,label\n1,02\n2,01\n")
    assert data.encoder.read_labelled(str(tmp_path / "new.csv")).part.y.tolist() == [1, 0]


def test_arrays_are_matched_by_position(tmp_path):
    (tmp_path / "t.csv").write_text("p,q,label\n" + "".join(f"{i},{i % 7},{i % 2}\n" for i in range(30)))
    data = seeded(str(tmp_path / "t.csv"))
    np.savez(tmp_path / "t.npz", X=[[i, i % 7] for i in range(30)], label=np.arange(30) % 2)
    read = data.encoder.read_labelled(str(tmp_path / "t.npz"))
    np.testing.assert_array_equal(read.part.X[data.dev.rows], data.dev.X)
    np.testing.assert_array_equal(read.part.y[data.dev.rows], data.dev.y)
    np.savez(tmp_path / "t.npz", X=np.zeros((5, 3)), label=np.zeros(5))
    with pytest.raises(DataError, match="3 columns without names, but the training data have 2"):
        data.encoder.read_labelled(str(tmp_path / "t.npz"))


def test_label_files_of_other_arrays(tmp_path):
    X, y = np.arange(60.0).reshape(30, 2), np.arange(30) % 2
    for name in ("a", "b"):
        np.save(tmp_path / f"{name}_X.npy", X)
        np.save(tmp_path / f"{name}_y.npy", y)
    np.save(tmp_path / "c.npy", X)
    data = seeded(str(tmp_path / "a_X.npy"), target=str(tmp_path / "a_y.npy"))
    for path, target in (("b_X.npy", None), ("c.npy", str(tmp_path / "a_y.npy"))):
        read = data.encoder.read_labelled(str(tmp_path / path), target=target)
        np.testing.assert_array_equal(read.part.y, y)
    with pytest.raises(DataError, match="where is the target"):
        data.encoder.read_labelled(str(tmp_path / "c.npy"))
    assert len(data.encoder.read_unlabelled(str(tmp_path / "c.npy")).X) == 30
    (tmp_path / "t.csv").write_text("x2,x1,label\n1,0,0\n3,2,1\n")
    read = data.encoder.read_labelled(str(tmp_path / "t.csv"))
    np.testing.assert_array_equal(read.part.X, data.encoder.read_unlabelled(str(tmp_path / "c.npy")).X[:2])


@pytest.mark.parametrize(("policy", "kept"), [("mean", [0, 1, 2]), ("median", [0, 1, 2]), ("drop", [0])])
def test_missing_cells_of_another_file_follow_the_training(mixed, tmp_path, policy, kept):
    encoder = seeded(mixed, missing=policy, normalize=False).encoder
    (tmp_path / "new.csv").write_text("a,color,b\n1,red,2\n,red,2\n1,,2\n")
    read = encoder.read_unlabelled(str(tmp_path / "new.csv"))
    assert read.rows.tolist() == kept
    if policy != "drop":
        middle = encoder.inputs.fill
        assert read.X[1].tolist() == [np.float32(middle[0]), 0, 0, 1, 2]
        assert read.X[2, 1:4].tolist() == np.eye(3)[int(middle[1])].tolist()


def test_missing_cells_of_another_file_are_an_error_by_default(mixed, tmp_path):
    (tmp_path / "new.csv").write_text("a,color,b\n1,red,2\n,red,2\n")
    with pytest.raises(DataError, match="column `a` has 1 missing cells, the first in row 2"):
        seeded(mixed).encoder.read_unlabelled(str(tmp_path / "new.csv"))


def test_bool_classes_are_found_in_text(tmp_path):
    pl.DataFrame({"a": range(20), "label": [True, False] * 10}).write_parquet(tmp_path / "t.parquet")
    data = seeded(str(tmp_path / "t.parquet"))
    (tmp_path / "t.csv").write_text("a,label\n1,True\n2,false\n")
    assert data.encoder.read_labelled(str(tmp_path / "t.csv")).part.y.tolist() == [1, 0]


def damaged(name, value):
    return lambda arrays: {**arrays, name: value}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda arrays: {key: value for key, value in arrays.items() if key != "mean"}, "`mean` is missing"),
        (lambda _: {}, "`input_names` is missing"),
        (damaged("mean", np.zeros(3)), r"`mean` has shape \(3,\), but 5 inputs"),
        (damaged("mean", np.array(["a"] * 5)), "`mean` holds <U1"),
        (damaged("scale", np.zeros(5)), "`scale` positive"),
        (damaged("scale", np.full(5, np.nan)), "must be finite"),
        (damaged("input_names", np.array("a")), "must be a list"),
        (damaged("input_is_text", np.zeros(2, bool)), r"`input_is_text` has shape \(2,\)"),
        (damaged("category_counts", np.array([0, -3, 0])), "negative"),
        (damaged("category_counts", np.array([0, 2, 0])), "do not fit"),
        (damaged("input_fill", np.array([0.0, 9.0, 0.0])), "categories that do not exist"),
        (damaged("classes", np.array(["one"])), "two or more"),
        (damaged("missing", np.array("often")), "`missing` is 'often'"),
        (damaged("group", np.array(["a", "b"])), "must be one text"),
    ],
)
def test_damaged_arrays_are_refused(mixed, damage, message):
    arrays = seeded(mixed, missing="mean").encoder.to_arrays()
    with pytest.raises(DataError, match=message):
        Encoder.from_arrays(damage(arrays))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (damaged("target_scale", np.array(0.0)), "must be positive"),
        (damaged("target_mean", np.array(np.nan)), "one finite number"),
        (damaged("target_mean", np.zeros(2)), "one finite number"),
    ],
)
def test_damaged_target_statistics_are_refused(damage, message):
    arrays = seeded("diabetes").encoder.to_arrays()
    with pytest.raises(DataError, match=message):
        Encoder.from_arrays(damage(arrays))
