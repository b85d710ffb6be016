"""What a receiver gets: a README whose code runs, safetensors, and clear refusals here."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest

import dlrecipe
from dlrecipe.cli.app import run as command
from dlrecipe.config import load_config
from dlrecipe.errors import RunError, UsageError
from dlrecipe.experiments.prepare import prepare
from dlrecipe.exports import refuse_unknown
from dlrecipe.runs.archive import read_archive

pytest.importorskip("onnxruntime")
safetensors = pytest.importorskip("safetensors")


def code_of(readme):
    return re.search(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)[1]


def run_code(code, folder):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_code_for_a_table_gives_our_labels(train, tmp_path):
    run = train(data__missing_indicator=True)
    dlrecipe.export(run.folder, out=tmp_path / "model.onnx")
    (tmp_path / "new.csv").write_bytes((tmp_path / "messy.csv").read_bytes())
    code = code_of(tmp_path / "model.onnx.README.md") + "\nimport json; print(json.dumps(label.tolist()))"
    ours = run.model.outputs(run.model.encoder.read_unlabelled(str(tmp_path / "messy.csv")).X)
    assert run_code(code, tmp_path) == run.model.encoder.classes[ours.argmax(axis=1)].tolist()


def test_the_code_for_a_matrix_gives_our_probabilities(train, tmp_path):
    run = train("digits", target=None)
    dlrecipe.export(run.folder, out=tmp_path / "model.onnx")
    X = np.random.default_rng(0).integers(0, 17, (20, 8, 8)).astype(np.uint8)
    np.save(tmp_path / "new.npy", X)
    code = (
        code_of(tmp_path / "model.onnx.README.md")
        + "\nimport json; print(json.dumps(probabilities.tolist()))"
    )
    encoder = run.model.encoder
    ours = run.model.outputs(((X.reshape(20, 64) - encoder.mean) / encoder.scale).astype(np.float32))
    np.testing.assert_allclose(run_code(code, tmp_path), ours, atol=1e-5)


@pytest.mark.parametrize("target", ["label", "two", "price"])
@pytest.mark.parametrize(("activation", "indicator"), [("relu", True), ("sigmoid", False)])
def test_safetensors_hold_the_model_and_their_readme_runs_it(train, tmp_path, target, activation, indicator):
    run = train(target=target, network__activation=activation, data__missing_indicator=indicator)
    dlrecipe.export(run.folder, out=tmp_path / "model.safetensors")
    with safetensors.safe_open(tmp_path / "model.safetensors", framework="np") as file:
        assert {f"{letter}{l}" for l in (1, 2, 3) for letter in "Wb"} <= set(file.keys())
    test = prepare(load_config(run.folder / "config.yaml")).dataset.test
    code = code_of(tmp_path / "model.safetensors.README.md") + (
        "\nimport csv"
        "\nlines = list(csv.DictReader(open('messy.csv', newline='', encoding='utf-8')))"
        f"\nlines = [lines[row] for row in {test.rows.tolist()}]"
        "\nanswer = predict([[line[column['name']] for line in lines] for column in recipe['columns']])"
        "\nprint(json.dumps([np.asarray(part).tolist() for part in answer]))"
    )
    answer, ours, encoder = run_code(code, tmp_path), run.model.outputs(test.X), run.model.encoder
    if target == "price":
        t = (np.array(answer) - encoder.target_mean) / encoder.target_scale
        np.testing.assert_allclose(t, ours[:, 0], atol=1e-5)
    else:
        labels, probabilities = answer
        np.testing.assert_allclose(np.array(probabilities)[:, -ours.shape[1] :], ours, atol=1e-5)
        both = np.hstack([1 - ours, ours]) if target == "two" else ours
        assert labels == encoder.classes[both.argmax(axis=1)].tolist()


def test_the_command_says_what_it_wrote(train, tmp_path, capsys):
    run = train("digits", target=None)
    out = tmp_path / "m.onnx"
    assert command(["export", str(run.folder), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["bytes"] == out.stat().st_size
    assert (told["file"], told["readme"]) == (str(out), f"{out}.README.md")
    assert command(["export", str(run.folder), "--out", str(out)]) == 0
    assert "README" in capsys.readouterr().out


def test_what_cannot_be_written_is_refused(train, tmp_path, monkeypatch):
    run = train("digits", target=None)
    with pytest.raises(UsageError, match=r"must end in .onnx or .safetensors. Got model.pkl"):
        dlrecipe.export(run.folder, out=tmp_path / "model.pkl")
    with pytest.raises(UsageError, match="does not exist"):
        dlrecipe.export(run.folder, out=tmp_path / "nowhere" / "model.onnx")
    monkeypatch.setattr("dlrecipe.exports.formats.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r'pip install "dlrecipe\[export\]"'):
        dlrecipe.export(run.folder, out=tmp_path / "model.onnx")
    assert not list(tmp_path.glob("model*"))


def test_steps_that_an_export_does_not_know_are_refused(train):
    file = train("digits", target=None).folder / "model.npz"
    arrays = read_archive(file)
    unused = {"spline_names": np.array([], np.str_), "spline_switch": np.array("")}
    refuse_unknown({**arrays, **unused}, file)
    with pytest.raises(RunError, match=r"cannot carry over yet \(spline_names\)"):
        refuse_unknown({**arrays, "spline_names": np.array(["x1"])}, file)
