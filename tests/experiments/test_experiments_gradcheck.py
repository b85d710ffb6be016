"""Gradient checking of a configured network, and evaluation of a finished run."""

import pytest

import dlrecipe
from dlrecipe import experiments
from dlrecipe.training import Problem


def test_gradcheck_at_both_points(load):
    report = experiments.gradcheck(load())
    assert report.passed
    assert [(check.at, check.epoch) for check in report.checks] == [
        ("initialization", 0),
        ("after training", 5),
    ]
    assert all(check.difference < 1e-7 for check in report.checks)
    assert [block.name for block in report.checks[0].blocks] == ["dW1", "dW2", "dW3", "db1", "db2", "db3"]
    assert report.parameters == 30 * 8 + 8 + 8 * 4 + 4 + 4 + 1
    assert any("keep_prob is set to 1" in note for note in report.checks[0].notes)


def test_gradcheck_with_frozen_masks_and_the_lectures_formula(load):
    report = experiments.gradcheck(load(), with_dropout=True, method="naive", examples=20, after_epochs=0)
    assert report.passed
    assert len(report.checks) == 1
    assert report.examples == 20
    assert any("frozen" in note for note in report.checks[0].notes)


def test_evaluate_looks_at_the_test_part(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    found = dlrecipe.evaluate(runs=tmp_path / "runs")
    assert found.examples == 114
    assert found.interval[0] <= found.error <= found.interval[1]
    assert found.run == str(run.folder)


def test_evaluate_without_a_test_part_says_what_to_do(load, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("x,label\n" + "".join(f"{i % 7},{i % 2}\n" for i in range(60)))
    config = load(data__source=str(file), data__dev=str(file))
    dlrecipe.train(config, tmp_path / "runs")
    with pytest.raises(dlrecipe.RunError, match="--data FILE"):
        dlrecipe.evaluate(runs=tmp_path / "runs")
    assert dlrecipe.evaluate(runs=tmp_path / "runs", data=file).examples == 60


def test_diagnose_run_repeats_the_verdict(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    again = experiments.diagnose_run(runs=tmp_path / "runs")
    assert again.result.diagnosis.verdict == run.result.diagnosis.verdict
    assert again.result.diagnosis.bias == run.result.diagnosis.bias


def test_list_runs(load, tmp_path):
    dlrecipe.train(load(), tmp_path / "runs")
    (line,) = experiments.list_runs(tmp_path / "runs").runs
    assert line.status == "finished"
    assert experiments.list_runs(tmp_path / "none").runs == ()


def test_gradcheck_of_a_training_that_diverges_checks_its_last_good_parameters(load):
    changes = {"training__optimizer": "gd", "training__learning_rate": 1e9, "data__normalize": False}
    report = experiments.gradcheck(load(**changes))
    before, after = report.checks
    assert (before.passed, after.passed, report.passed) == (True, True, False)
    assert "Training diverged in epoch" in after.notes[0]


def test_gradcheck_trains_under_the_schedule_of_the_config(load, monkeypatch):
    rates = []
    real = Problem.rate
    monkeypatch.setattr(
        Problem, "rate", lambda problem, epoch: rates.append(real(problem, epoch)) or rates[-1]
    )
    experiments.gradcheck(load(training__schedule="cosine", training__epochs=100), after_epochs=2)
    assert min(rates) > 0.99 * max(rates)
