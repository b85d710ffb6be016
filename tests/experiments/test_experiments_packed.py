"""Inputs that stay bytes, through the use cases of the commands: nobody can tell by a result."""

from __future__ import annotations

import json

import numpy as np
import pytest

import dlrecipe
from dlrecipe.data import PackedRows, packed
from dlrecipe.experiments import check, evaluate, gradcheck, predict, resume
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.prepare import prepare

TEXT = """
name: pictures
data: {source: p.npz, task: classification, train_dev: 0.1}
network: {layers: [8], keep_prob: 0.9}
training: {epochs: 4, batch_size: 32, patience: null, learning_rate: 0.01, class_weight: balanced}
"""
ALWAYS, NEVER = 0, 2**62


@pytest.fixture
def load(tmp_path):
    """Write 1200 pictures of 16 bytes, one of them always black; load the config."""
    rng = np.random.default_rng(0)
    X = rng.integers(0, 256, (1200, 4, 4), np.uint8)
    X[:, 0, 0] = 0
    np.savez(tmp_path / "p.npz", X=X, y=(X[:, 1, 1] > X[:, 2, 2]).astype(int) + (X[:, 3, 0] > 200))
    (tmp_path / "pictures.yaml").write_text(TEXT)
    return lambda overrides=None: dlrecipe.load_config(tmp_path / "pictures.yaml", overrides)


@pytest.fixture
def twice(monkeypatch):
    """Do something with bytes, and again with floats."""

    def run(do):
        found = []
        for least in (ALWAYS, NEVER):
            monkeypatch.setattr(packed, "PACKED", least)
            found.append(do())
        return found

    return run


def content(run):
    """A run without its times and its name; the model's checksum is among the files'."""
    result = run.result.to_dict()
    files = {name: checksum for name, checksum in result["files"].items() if name != "history.csv"}
    text = json.dumps({**result, "files": files, "seconds": 0, "checksum": ""}, sort_keys=True)
    history = [epoch._replace(seconds=0) for epoch in run.history]
    return text.replace(str(run.folder), "RUN"), history, run.model.theta.tobytes()


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"data.normalize": False, "training.batch_size": 100},
        {"training.batch_size": "full"},
        {"training.optimizer": "lbfgs", "training.batch_size": "full", "network.keep_prob": 1.0},
        {"recipe.metric": "balanced_error", "data.train_examples": 300},
        {"training.epochs": 0},
    ],
)
def test_a_run_is_the_same(load, twice, tmp_path, overrides):
    one, two = twice(lambda: dlrecipe.train(load(overrides), runs=tmp_path / "runs"))
    assert content(one) == content(two)


def test_all_inputs_are_floats_for_steps_over_them_all(load, monkeypatch):
    monkeypatch.setattr(packed, "PACKED", ALWAYS)
    assert isinstance(prepare(load()).dataset.train.X, PackedRows)
    assert isinstance(prepare(load({"training.batch_size": "full"})).dataset.train.X, np.ndarray)


@pytest.mark.parametrize(("first", "then"), [(ALWAYS, NEVER), (NEVER, ALWAYS)])
def test_a_resumed_run_may_take_either(load, tmp_path, monkeypatch, first, then):
    monkeypatch.setattr(packed, "PACKED", first)
    whole = dlrecipe.train(load(), runs=tmp_path / "runs")
    short = dlrecipe.train(load({"training.epochs": 2}), runs=tmp_path / "runs")
    monkeypatch.setattr(packed, "PACKED", then)
    longer = resume(short.folder, overrides={"training.epochs": 4})
    assert longer.model.theta.tobytes() == whole.model.theta.tobytes()


def test_what_is_done_with_a_run_is_the_same(load, twice, tmp_path):
    run = dlrecipe.train(load(), runs=tmp_path / "runs")
    source = str(tmp_path / "p.npz")
    for do in (
        lambda: {**evaluate(run.folder).to_dict(), "looks": 0},
        lambda: evaluate(run.folder, data=source).to_dict(),
        lambda: predict(run.folder, data=source),
        lambda: bytes(open_dev(run).errors),
    ):
        one, two = twice(do)
        assert one == two


def test_what_is_checked_before_training_is_the_same(load, twice):
    one, two = twice(lambda: gradcheck(load(), after_epochs=1, examples=8).to_dict())
    assert one == two
    assert one["passed"]
    one, two = twice(lambda: check(load()).to_dict())
    assert one == two
