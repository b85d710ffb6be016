"""Inputs that stay on disk, through every command's use case."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import dlrecipe
from dlrecipe.data import encoded
from dlrecipe.errors import ConfigError, DataError, RunError
from dlrecipe.experiments import evaluate, gradcheck, resume
from dlrecipe.training import streamed

TEXT = """
name: streamed
data: {source: X.npy, target: y.npy, task: classification, stream: true, train_dev: 0.1}
network: {layers: [8, 4], keep_prob: [0.8, 1.0]}
training: {epochs: 5, batch_size: 32, patience: null, learning_rate: 0.01}
"""


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Write 2000 examples, to be read in blocks of 20 and groups of about 300; load the config."""
    monkeypatch.setattr(encoded, "KEPT", 0)
    monkeypatch.setattr(streamed, "BLOCK", 20 * 4 * 6)
    monkeypatch.setattr(streamed, "GROUP", 300 * 4 * 6)
    X = np.random.default_rng(0).normal(2.0, 3.0, (2000, 6)).astype(np.float32)
    np.save(tmp_path / "X.npy", X)
    np.save(tmp_path / "y.npy", (X[:, 0] > X[:, 1]).astype(int) + (X[:, 2] > 2))
    (tmp_path / "streamed.yaml").write_text(TEXT)
    return lambda overrides=None: dlrecipe.load_config(tmp_path / "streamed.yaml", overrides)


def test_it_learns_about_as_well_as_in_memory(load, tmp_path):
    disk, memory = (
        dlrecipe.train(load({"data.stream": stream}), runs=tmp_path / "runs") for stream in (True, False)
    )
    first = disk.history[0], memory.history[0]  # before training the same theta is measured on the same parts
    assert first[0]._replace(seconds=0) == first[1]._replace(seconds=0)
    assert disk.result.dev.error == pytest.approx(memory.result.dev.error, abs=0.05)
    assert disk.result.train.error < 0.5 * disk.history[0].train_error
    assert disk.result.train_dev.examples == memory.result.train_dev.examples
    np.testing.assert_array_equal(disk.model.encoder.mean, memory.model.encoder.mean)
    assert evaluate(disk.folder).examples == 400


def test_the_test_error_is_the_one_in_memory(load, tmp_path, monkeypatch):
    run = dlrecipe.train(load(), runs=tmp_path / "runs")
    on_disk = evaluate(run.folder).error, evaluate(run.folder, data=str(tmp_path / "X.npy")).error
    monkeypatch.setattr(encoded, "KEPT", 2**30)
    in_memory = evaluate(run.folder, data=str(tmp_path / "X.npy")).error
    assert on_disk[1] == in_memory


def test_a_resumed_run_has_the_bits_of_a_whole_one(load, tmp_path):
    whole = dlrecipe.train(load(), runs=tmp_path / "runs")
    short = dlrecipe.train(load({"training.epochs": 2}), runs=tmp_path / "runs")
    longer = resume(short.folder, overrides={"training.epochs": 5})
    assert longer.model.theta.tobytes() == whole.model.theta.tobytes()


def test_changed_data_are_not_resumed(load, tmp_path):
    run = dlrecipe.train(load(), runs=tmp_path / "runs")
    X = np.load(tmp_path / "X.npy")
    X[1234] += 1
    np.save(tmp_path / "X.npy", X)
    with pytest.raises(RunError, match="is not what it was"):
        resume(run.folder, overrides={"training.epochs": 6})


def test_gradients_are_checked(load):
    assert gradcheck(load(), after_epochs=1).passed


@pytest.mark.parametrize(
    "overrides",
    [
        {"training.batch_size": "full"},
        {"training.batch_size": 4000},
        {"training.optimizer": "lbfgs", "training.batch_size": "full", "network.keep_prob": 1.0},
    ],
)
def test_whole_sets_in_one_batch_are_refused(load, tmp_path, overrides):
    with pytest.raises(ConfigError, match=r"training\.batch_size must be less than .* stay on disk"):
        dlrecipe.train(load(overrides), runs=tmp_path / "runs")


def test_a_file_that_is_cut_while_training(load, tmp_path):
    def cut(history):
        for epoch in history:
            yield epoch
            os.truncate(tmp_path / "X.npy", 20_000)

    with pytest.raises(DataError, match="has been cut while it was read"):
        dlrecipe.train(load(), runs=tmp_path / "runs", watch=cut)


PEAK = """
import resource, sys
import dlrecipe, dlrecipe.experiments.training, numpy.random
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
config = dlrecipe.load_config(sys.argv[1])
before = peak()
dlrecipe.train(config, runs=sys.argv[2])
print(peak() - before)
"""


@pytest.mark.slow
def test_memory_is_bounded_by_groups_not_by_the_file(tmp_path):
    X = np.lib.format.open_memmap(tmp_path / "X.npy", "w+", np.float32, (200_000, 250))
    rng = np.random.default_rng(0)
    for start in range(0, len(X), 10_000):
        X[start : start + 10_000] = rng.standard_normal((10_000, 250), np.float32)
    np.save(tmp_path / "y.npy", (X[:, 0] > 0).astype(int))
    size = X.nbytes
    del X
    (tmp_path / "streamed.yaml").write_text(
        TEXT.replace("epochs: 5", "epochs: 1").replace(", train_dev: 0.1", "")
    )
    found = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path / "streamed.yaml"), str(tmp_path / "runs")],
        capture_output=True,
        text=True,
        check=True,
    )
    limit = 2 * streamed.GROUP + 3 * 10_000 * 250 * 4 + 2**26  # two groups, two parts and a sample, the rest
    assert int(found.stdout) < limit < 0.9 * size
