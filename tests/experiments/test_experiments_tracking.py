"""Trainings in a real file store of MLflow, read back by MLflow's own client; and stores that fail."""

import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest

import dlrecipe
from dlrecipe.experiments.mlflow_run import _without_password
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.serving import _load_pyfunc

READ = """
import json, sys, warnings
warnings.simplefilter("ignore")
from mlflow import MlflowClient
client = MlflowClient()
found = []
for experiment in client.search_experiments():
    for run in client.search_runs([experiment.experiment_id]):
        histories = {
            name: [[point.step, point.value] for point in client.get_metric_history(run.info.run_id, name)]
            for name in run.data.metrics
        }
        files = [file.path for file in client.list_artifacts(run.info.run_id)]
        model = [file.path for file in client.list_artifacts(run.info.run_id, "model")]
        found.append({
            "experiment": experiment.name, "status": run.info.status, "params": run.data.params,
            "tags": run.data.tags, "metrics": histories, "files": files, "model": model,
            "uri": run.info.artifact_uri,
        })
print(json.dumps(found))
"""
LOAD = """
import json, sys, warnings
warnings.simplefilter("ignore")
import mlflow.pyfunc, pandas
model = mlflow.pyfunc.load_model(sys.argv[1])
print(json.dumps(model.predict(pandas.read_csv("new.csv")).tolist()))
"""


INTERRUPTED = """
import dlrecipe
from dlrecipe.experiments.tracking import train_tracked
def watch(epochs):
    for epoch in epochs:
        yield epoch
        if epoch.epoch == 3:
            raise KeyboardInterrupt
print(train_tracked(dlrecipe.load_config("small.yaml"), "runs", watch).result.stopped)
"""


@pytest.fixture
def shell(tmp_path):
    """Run Python in a folder with a store of its own."""

    def started(*arguments, **variables):
        store = {"MLFLOW_TRACKING_URI": (tmp_path / "store").as_uri(), "MLFLOW_ALLOW_FILE_STORE": "true"}
        environment = {**os.environ, **store, **variables}
        program = [sys.executable, *map(str, arguments)]
        return subprocess.run(
            program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return started


@pytest.fixture
def config(tmp_path):
    rng = np.random.default_rng(0)
    rows = [f"{rng.normal()},{rng.choice(['red', 'blue'])},{rng.choice(['yes', 'no'])}" for _ in range(200)]
    (tmp_path / "new.csv").write_text("\n".join(["size,color,label", *rows]) + "\n")
    file = tmp_path / "small.yaml"
    file.write_text(
        "data: {source: new.csv}\nnetwork: {layers: [4]}\n"
        "training: {epochs: 6, patience: null, learning_rate: 0.01}\n"
    )
    return file


@pytest.mark.slow
def test_parameters_metrics_files_and_model_are_in_the_store(shell, config, tmp_path):
    pytest.importorskip("mlflow")
    done = shell("-m", "dlrecipe", "train", config, "--track", "mlflow", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    (tracked,) = json.loads(shell("-c", READ).stdout)
    assert (tracked["experiment"], tracked["status"]) == ("small", "FINISHED")
    assert tracked["params"]["training.learning_rate"] == "0.01"
    assert json.loads(tracked["params"]["network.layers"]) == [4]
    assert tracked["tags"]["verdict"] == result["diagnosis"]["verdict"]
    history = np.genfromtxt(tmp_path / result["run"] / "history.csv", delimiter=",", names=True)
    for name in set(history.dtype.names) - {"epoch"}:
        steps = sorted(tracked["metrics"][name])
        assert [step for step, _ in steps] == list(range(7))
        np.testing.assert_allclose([value for _, value in steps], history[name])
    assert set(tracked["files"]) == {"config.yaml", "history.csv", "result.json", "model"}
    assert "model/MLmodel" in tracked["model"]
    pytest.importorskip("pandas")
    answers = json.loads(shell("-c", LOAD, f"{tracked['uri']}/model").stdout)
    model = _load_pyfunc(str(tmp_path / result["run"] / "model.npz")).model
    outputs = model.outputs(model.encoder.read_unlabelled(str(tmp_path / "new.csv")).X)
    assert answers == model.encoder.classes[(outputs[:, 0] > 0.5).astype(int)].tolist()


@pytest.mark.slow
def test_what_was_interrupted_or_is_made_longer_goes_on_in_the_same_tracked_run(shell, config, tmp_path):
    pytest.importorskip("mlflow")
    assert config.name == "small.yaml"
    assert shell("-c", INTERRUPTED).stdout.split() == ["interrupted"]
    (cut,) = json.loads(shell("-c", READ).stdout)
    assert (cut["status"], len(cut["metrics"]["cost"])) == ("KILLED", 4)
    assert "model" not in cut["files"]
    for line, epochs in (("resume", 6), ("resume 1 -S training.epochs=8", 8), ("resume 1", 8)):
        done = shell("-m", "dlrecipe", *line.split())
        assert done.returncode == 0, done.stderr
        assert "MLflow" not in done.stderr
        (tracked,) = json.loads(shell("-c", READ).stdout)
        assert (tracked["status"], len(tracked["files"])) == ("FINISHED", 4)
        assert [step for step, _ in sorted(tracked["metrics"]["cost"])] == list(range(epochs + 1))
    (tmp_path / "runs/small-0001/tracked.json").write_text("{")
    done = shell("-m", "dlrecipe", "resume", "1", "-S", "training.epochs=9", "--json")
    assert "tracked.json is missing or damaged" in " ".join(json.loads(done.stdout)["notes"])


def test_no_password_is_written_into_a_run():
    assert _without_password("https://me:secret@host:5000/x?y=1") == "https://host:5000/x?y=1"
    assert _without_password("file:///tmp/mlruns") == "file:///tmp/mlruns"


@pytest.mark.slow
@pytest.mark.parametrize(
    "uri",
    ["http://127.0.0.1:9", "file:///proc/nowhere", "nonsense://store"],
    ids=["server", "folder", "scheme"],
)
def test_a_store_that_fails_costs_nothing_but_the_tracking(shell, config, tmp_path, uri):
    pytest.importorskip("mlflow")
    variables = {"MLFLOW_TRACKING_URI": uri, "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0"}
    done = shell("-m", "dlrecipe", "train", config, "--track", "mlflow", "--json", **variables)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["epochs"] == 6
    assert any("MLflow was not told all of this training" in note for note in result["notes"])
    assert (tmp_path / result["run"] / "result.json").exists()


@pytest.mark.slow
def test_a_training_that_diverges_is_tracked_as_failed(shell, config):
    pytest.importorskip("mlflow")
    settings = [
        "-S",
        "training.optimizer=gd",
        "-S",
        "training.learning_rate=1e30",
        "-S",
        "network.layers=[4,4]",
    ]
    done = shell("-m", "dlrecipe", "train", config, "--track", "mlflow", *settings)
    assert done.returncode == 1, done.stderr
    (tracked,) = json.loads(shell("-c", READ).stdout)
    assert tracked["status"] == "FAILED"
    assert all(math.isfinite(value) for points in tracked["metrics"].values() for _, value in points)


def test_wrong_data_leave_no_trace_in_the_store(shell, config, tmp_path):
    pytest.importorskip("mlflow")
    (tmp_path / "new.csv").write_text("size,label\n1,yes\n")
    assert shell("-m", "dlrecipe", "train", config, "--track", "mlflow").returncode == 2
    assert not (tmp_path / "store").exists()


def test_without_mlflow_the_extra_is_named(shell, config):
    code = (
        "import sys, importlib.util as util\n"
        "import dlrecipe.experiments.tracking as tracking\n"
        "tracking.find_spec = lambda name: None\n"
        "from dlrecipe.cli.app import run\n"
        f"sys.exit(run(['train', {str(config)!r}, '--track', 'mlflow']))"
    )
    done = shell("-c", code)
    assert done.returncode == 2
    assert 'pip install "dlrecipe[mlflow]"' in done.stderr


@pytest.mark.parametrize("source", ["diabetes", "digits"])
def test_a_matrix_is_answered_in_the_targets_own_terms(load, tmp_path, source):
    run = dlrecipe.train(load(data__source=source), tmp_path)
    served, encoder = _load_pyfunc(str(run.folder / "model.npz")), run.model.encoder
    part = prepare(load(data__source=source)).dataset.test
    raw = part.X.astype(np.float64) * encoder.scale + encoder.mean
    outputs = run.model.outputs(part.X)
    if source == "diabetes":
        expected = outputs[:, 0] * encoder.target_scale + encoder.target_mean
        np.testing.assert_allclose(served.predict(raw), expected, rtol=1e-4)
    else:
        assert served.predict(raw).tolist() == encoder.classes[outputs.argmax(axis=1)].tolist()
