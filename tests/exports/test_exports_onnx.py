"""ONNX files run by onnxruntime against our own predictions on the whole test part."""

import re

import numpy as np
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
@pytest.mark.parametrize("target", ["label", "two"])
def test_a_table_is_classified_as_here(train, tmp_path, activation, target):
    run = train(target=target, network__activation=activation)
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
