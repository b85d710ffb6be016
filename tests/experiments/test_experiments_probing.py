"""Suggestions that are tried before they are given."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from dlrecipe.config import load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments import diagnose_run, diagnose_with_probes, probing, train
from dlrecipe.recipe.texts import percent
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
        suggestion("raise_learning_rate", {"training.learning_rate": 0.01}),
        suggestion("train_longer", {"training.epochs": 40}),
    )
    found = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert [one.id for one in found] == [
        "raise_learning_rate",
        "more_data",
        "train_longer",
        "lower_learning_rate",
    ]
    assert found[1].because == found[2].because == "Because."


def test_a_probe_tells_what_training_with_it_reaches(run, suggesting, tmp_path):
    suggesting(suggestion("raise_learning_rate", {"training.learning_rate": 0.01}))
    (told,) = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    patched = load_config(tmp_path / "slow.yaml", {"training.learning_rate": 0.01})
    reached = train(patched, tmp_path / "runs").result.dev.error
    before, after = (percent(error) for error in (run.result.dev.error, reached))
    assert told.because == f"Because. Tried: the dev error went from {before} to {after}."


def test_two_suggestions_are_trained_at_most(run, suggesting, monkeypatch):
    trained = []
    monkeypatch.setattr(probing, "_trained", lambda _run, one: trained.append(one.patch) or 0.0)
    suggesting(*(suggestion("l2", {"training.lambda": lambd}) for lambd in (0.1, 1, 3)))
    found = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert trained == [{"training.lambda": 0.1}, {"training.lambda": 1}]
    assert len(found) == 3


def test_where_neither_helps_what_promises_less_is_left_out(run, suggesting, monkeypatch):
    monkeypatch.setattr(probing, "_trained", lambda *_: 1.0)
    suggesting(
        suggestion("l2", {"training.lambda": 1.0}),
        suggestion("dropout", {"network.keep_prob": 0.5}),
        suggestion("bigger_network", {"network.layers": [64]}),
        suggestion("more_data", None),
    )
    found = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert [one.id for one in found] == ["more_data", "l2", "dropout"]


def test_a_training_that_runs_away_did_not_help(run, suggesting):
    suggesting(
        suggestion("raise_learning_rate", {"training.learning_rate": 1e30}),
        suggestion("more_data", None),
    )
    found = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert [one.id for one in found] == ["more_data", "raise_learning_rate"]


def test_an_interrupt_ends_the_probes(run, suggesting, monkeypatch):
    monkeypatch.setattr(probing, "fit", lambda *_: SimpleNamespace(stopped="interrupted"))
    suggesting(suggestion("l2", {"training.lambda": 1.0}))
    with pytest.raises(KeyboardInterrupt):
        diagnose_with_probes(run.folder)


def test_a_patch_that_the_config_refuses_is_not_tried(run, suggesting):
    suggesting(suggestion("dropout", {"network.keep_prob": [0.5, 0.5, 0.5]}))
    (only,) = diagnose_with_probes(run.folder).result.diagnosis.suggestions
    assert only.because == "Because."


def test_nothing_is_written(run):
    before = sorted(path.name for path in run.folder.parent.rglob("*"))
    diagnose_with_probes(run.folder)
    assert sorted(path.name for path in run.folder.parent.rglob("*")) == before


def test_other_data_than_the_run_s_are_refused(tmp_path):
    """What a suggestion reaches on them says nothing of the run."""
    random = np.random.default_rng(0)
    X, y = random.normal(size=(90, 3)), np.arange(90) % 2
    np.savez(tmp_path / "rows.npz", X=X, y=y)
    (tmp_path / "rows.yaml").write_text(SLOW.replace("digits", "rows.npz"))
    run = train(load_config(tmp_path / "rows.yaml"), tmp_path / "runs")
    np.savez(tmp_path / "rows.npz", X=X + y[:, np.newaxis], y=y)
    with pytest.raises(RunError, match="not what it was when this run was trained"):
        diagnose_with_probes(run.folder)
