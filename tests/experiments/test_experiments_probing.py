"""Suggestions that are tried before they are given."""

from dataclasses import replace

import pytest

from dlrecipe.config import load_config
from dlrecipe.experiments import diagnose_run, diagnose_with_probes, probing, train
from dlrecipe.results import Suggestion

SLOW = """
name: slow
data: {source: digits}
network: {layers: [16]}
training: {epochs: 12, learning_rate: 0.00003}
"""


def suggestion(name, patch):
    return Suggestion(name, "bias", name, "Because.", patch)


@pytest.fixture
def run(tmp_path):
    (tmp_path / "slow.yaml").write_text(SLOW)
    return train(load_config(tmp_path / "slow.yaml"), tmp_path / "runs")


@pytest.fixture
def suggesting(monkeypatch):
    """Let the diagnosis make these suggestions."""

    def suggest(*suggestions):
        def diagnose(run, runs):
            found = diagnose_run(run, runs)
            diagnosis = replace(found.result.diagnosis, suggestions=suggestions)
            return replace(found, result=replace(found.result, diagnosis=diagnosis))

        monkeypatch.setattr(probing, "diagnose_run", diagnose)

    return suggest


def test_what_helped_comes_first_and_what_harmed_last(run, suggesting):
    suggesting(
        suggestion("lower_learning_rate", {"training.learning_rate": 1e-9}),
        suggestion("more_data", None),
        suggestion("train_longer", {"training.epochs": 40}),
        suggestion("raise_learning_rate", {"training.learning_rate": 0.01}),
    )
    found = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert [one.id for one in found] == [
        "raise_learning_rate",
        "more_data",
        "train_longer",
        "lower_learning_rate",
    ]
    assert "Tried for 50 % of the run's work, it reached a dev error of" in found[0].because
    assert found[1].because == found[2].because == "Because."


def test_probes_cost_two_trainings_at_most(run, suggesting, monkeypatch):
    spent = []
    original = probing._train

    def counted(prepared, length):
        history = original(prepared, length)
        spent.append((len(history) - 1) * prepared.problem.m * prepared.problem.network.layout.size)
        return history

    monkeypatch.setattr(probing, "_train", counted)
    suggesting(*(suggestion("l2", {"training.lambda": lambd}) for lambd in (0.1, 1, 3, 10, 30, 100, 300)))
    diagnose_with_probes(run.folder)
    assert len(spent) == probing.MOST + probing.FINALISTS
    assert sum(spent) <= 2 * run.result.epochs * 1079 * run.result.parameters


def test_a_patch_that_the_config_refuses_is_not_tried(run, suggesting):
    suggesting(suggestion("dropout", {"network.keep_prob": [0.5, 0.5, 0.5]}))
    (only,) = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert only.because == "Because."


def test_nothing_is_written(run):
    before = sorted(path.name for path in run.folder.parent.rglob("*"))
    diagnose_with_probes(run.folder)
    assert sorted(path.name for path in run.folder.parent.rglob("*")) == before
