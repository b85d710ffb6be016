"""ONNX files run by onnxruntime against our own predictions on the whole test part."""

import re

import numpy as np
import polars as pl
import pytest
from exports_tables import table_inputs

import dlrecipe
from dlrecipe.config import load_config
from dlrecipe.experiments.prepare import prepare

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

ACTIVATIONS = ["relu", "leaky_relu", "tanh", "sigmoid", "identity"]


def session_of(run, tmp_path):
    dlrecipe.export(run.folder, out=tmp_path / "model.onnx")
    return onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))


def expected(run):
    """Rows of the test part, and our own outputs for it."""
    test = prepare(load_config(run.folder / "config.yaml")).dataset.test
    return test.rows, run.model.outputs(test.X)


def both_classes(outputs):
    return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("target", "indicator"), [("label", True), ("two", False)])
def test_a_table_is_classified_as_here(train, tmp_path, activation, target, indicator):
    run = train(target=target, network__activation=activation, data__missing_indicator=indicator)
    rows, outputs = expected(run)
    labels, probabilities = session_of(run, tmp_path).run(None, table_inputs(tmp_path, rows))
    np.testing.assert_allclose(probabilities, both_classes(outputs), atol=1e-5)
    classes = run.model.encoder.classes
    assert labels.tolist() == classes[both_classes(outputs).argmax(axis=1)].tolist()


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
def test_a_quantity_is_predicted_in_its_own_units(train, tmp_path, optimizer):
    run = train(target="price", training__optimizer=optimizer)
    rows, outputs = expected(run)
    (prediction,) = session_of(run, tmp_path).run(None, table_inputs(tmp_path, rows))
    encoder = run.model.encoder
    t = (prediction - encoder.target_mean) / encoder.target_scale
    np.testing.assert_allclose(t, outputs[:, 0], atol=1e-5)


def test_gaps_in_a_matrix_are_filled_and_marked(train, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(5, 2, (300, 4))
    y = (X[:, 0] > 5).astype(int)
    X[rng.random(X.shape) < [0.1, 0, 0.2, 0]] = np.nan
    np.savez(tmp_path / "gaps.npz", X=X, y=y)
    run = train(str(tmp_path / "gaps.npz"), target=None, data__missing_indicator=True)
    assert run.model.encoder.columns.tolist() == ["x1", "x1 is missing", "x2", "x3", "x3 is missing", "x4"]
    rows, outputs = expected(run)
    _, probabilities = session_of(run, tmp_path).run(None, {"X": X[rows].astype(np.float32)})
    np.testing.assert_allclose(probabilities[:, 1:], outputs, atol=1e-5)


def test_dates_far_back_and_at_the_turns_of_cycles_are_seen_as_here(train, tmp_path):
    run = train(data__missing_indicator=True)
    inputs = table_inputs(tmp_path, np.zeros(7, int))
    days = np.array([-250_000.25, -365.2425, -1e-9, 0.0, 7 - 1e-9, 730.485, np.nan])
    inputs["when"] = inputs["seen"] = days[:, None]
    *_, probabilities = session_of(run, tmp_path).run(None, inputs)
    lines = [dict(zip(inputs, row, strict=True)) for row in np.hstack([*inputs.values()]).tolist()]
    table = pl.DataFrame(lines).with_columns(
        pl.from_epoch((pl.Series(days) * 86_400_000_000).cast(pl.Int64, strict=False), "us").alias(name)
        for name in ("when", "seen")
    )
    table.write_parquet(tmp_path / "new.parquet")
    ours = run.model.outputs(run.model.encoder.read_unlabelled(str(tmp_path / "new.parquet")).X)
    np.testing.assert_allclose(probabilities, ours, atol=1e-5)


@pytest.mark.parametrize(
    ("source", "normalize"), [("digits", True), ("breast-cancer", False), ("diabetes", True)]
)
def test_a_matrix_is_predicted_as_here(train, tmp_path, source, normalize):
    run = train(source, target=None, data__normalize=normalize)
    test = prepare(load_config(run.folder / "config.yaml")).dataset.test
    encoder = run.model.encoder
    raw = test.X.astype(np.float64) * encoder.scale + encoder.mean
    session = session_of(run, tmp_path)
    (X,) = session.get_inputs()
    assert X.name == "X"
    kind = np.float64 if X.type == "tensor(double)" else np.float32
    *_, found = session.run(None, {"X": raw.astype(kind)})
    outputs = run.model.outputs(test.X)
    if encoder.classes is None:
        t = (found[:, None] - encoder.target_mean) / encoder.target_scale
        np.testing.assert_allclose(t, outputs, atol=1e-5)
    else:
        np.testing.assert_allclose(found, both_classes(outputs), atol=1e-5)


def test_an_unknown_text_and_a_gap_count_as_in_training(train, tmp_path):
    run = train()
    rows = np.arange(3)
    inputs = table_inputs(tmp_path, rows)
    inputs["farbe"] = np.array([["lila"], [""], ["nan"]], object)
    inputs["age"] = np.array([[np.nan], [40], [50]], np.float32)
    table = (tmp_path / "messy.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "new.csv").write_text("\n".join(table[:4]) + "\n", encoding="utf-8")
    changed = (tmp_path / "new.csv").read_text(encoding="utf-8").splitlines()
    cells = [re.findall(r'(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)', line) for line in changed[1:]]
    for line, age, color in zip(cells, [",", "40,", "50,"], ["lila,", ",", "nan,"], strict=True):
        line[0], line[2] = age, color
    (tmp_path / "new.csv").write_text(
        "\n".join([changed[0], *("".join(line) for line in cells)]) + "\n", encoding="utf-8"
    )
    ours = run.model.outputs(run.model.encoder.read_unlabelled(str(tmp_path / "new.csv")).X)
    _, probabilities = session_of(run, tmp_path).run(None, inputs)
    np.testing.assert_allclose(probabilities, ours, atol=1e-5)


def test_versions_types_and_shapes_are_as_documented(train, tmp_path):
    session = session_of(train(), tmp_path)
    model = onnx.load(tmp_path / "model.onnx")
    assert model.ir_version == 8
    assert {opset.domain: opset.version for opset in model.opset_import}[""] == 17
    assert {given.name: given.type for given in session.get_inputs()} == {
        "age": "tensor(float)",
        "time stamp": "tensor(double)",
        "farbe": "tensor(string)",
        "größe|x": "tensor(string)",
        "tiny": "tensor(double)",
        "when": "tensor(double)",
        "seen": "tensor(double)",
        "member": "tensor(float)",
    }
    assert [(out.name, out.type, out.shape) for out in session.get_outputs()] == [
        ("label", "tensor(string)", ["N"]),
        ("probabilities", "tensor(float)", ["N", 3]),
    ]


@pytest.mark.parametrize("layers", [[], [5]])
def test_linear_and_small_networks(train, tmp_path, layers):
    run = train(target="two", network__layers=layers)
    rows, outputs = expected(run)
    session = session_of(run, tmp_path)
    for some in (rows, rows[:1]):
        labels, probabilities = session.run(None, table_inputs(tmp_path, some))
        np.testing.assert_allclose(probabilities[:, 1:], outputs[: len(some)], atol=1e-5)
        assert labels.dtype == np.int64


def test_columns_may_be_called_as_the_results_are(train, tmp_path):
    rng = np.random.default_rng(0)
    names = ["label", "probabilities", "step_0", "constant_1"]
    X = rng.normal(size=(200, 4)).astype(np.float32)
    table = pl.DataFrame(X, schema=names).with_columns(kind=pl.Series(np.where(X.sum(axis=1) > 0, "x", "y")))
    table.write_parquet(tmp_path / "clash.parquet")
    run = train(str(tmp_path / "clash.parquet"), target="kind")
    rows, outputs = expected(run)
    session = session_of(run, tmp_path)
    assert [out.name for out in session.get_outputs()] == ["label_", "probabilities_"]
    inputs = {name: X[rows, at : at + 1] for at, name in enumerate(names)}
    np.testing.assert_allclose(session.run(["probabilities_"], inputs)[0][:, 1:], outputs, atol=1e-5)
    assert "`label_` (N)" in (tmp_path / "model.onnx.README.md").read_text(encoding="utf-8")
