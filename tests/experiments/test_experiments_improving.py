"""The recipe as a loop, on real data: what it finds, and that no interruption changes its steps."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import dlrecipe
from dlrecipe.config import dump_config
from dlrecipe.errors import DataError, RunError, UsageError
from dlrecipe.experiments import attempts, loop
from dlrecipe.experiments.dev import WORST, open_dev
from dlrecipe.experiments.improving import improve, resume_improvement
from dlrecipe.experiments.trials import StudyInterruptedError, Trials
from dlrecipe.recipe.loop import racing
from dlrecipe.results import Improvement
from dlrecipe.results.reading import read
from dlrecipe.runs import Purpose, RunFolder, create_study, list_runs

SLOW = """
name: slow
data: {source: digits}
network: {layers: [4]}
training: {learning_rate: 1e-4, epochs: 20}
"""


@pytest.fixture
def config(tmp_path):
    file = tmp_path / "slow.yaml"
    file.write_text(SLOW)
    return lambda **overrides: dlrecipe.load_config(
        file, {key.replace("__", "."): value for key, value in overrides.items()}
    )


def path(improvement):
    """What must not depend on what happened on the way: all but time and the folders' numbers."""
    return [replace(step, run=None, seconds=0.0) for step in improvement.steps]


@pytest.fixture
def whole(config, tmp_path):
    return improve(config(), 5, runs=tmp_path / "whole")


def test_a_bad_config_becomes_a_good_one(whole, tmp_path):
    assert whole.start.dev_error > 0.5
    assert whole.dev_error < 0.15
    assert (whole.trainings, len(whole.steps), whole.stopped) == (5, 4, "trainings")
    assert len(list_runs(tmp_path / "whole")) == 5
    kept = [step for step in whole.steps if step.kept]
    errors = [whole.start.dev_error, *(step.dev_error for step in kept)]
    assert errors == sorted(errors, reverse=True)
    assert (whole.best, whole.dev_error, whole.changes) == (
        kept[-1].run,
        kept[-1].dev_error,
        kept[-1].settings,
    )
    assert whole.steps[0].suggestion == "several"
    assert len({str(sorted(step.settings.items(), key=str)) for step in whole.steps}) == 4


def test_the_best_config_is_a_file_that_trains_to_the_same_error(whole, tmp_path):
    again = dlrecipe.train(dlrecipe.load_config(whole.best_config), tmp_path / "again")
    assert again.result.dev.error == whole.dev_error


def test_the_result_is_read_back_as_it_was(whole):
    assert read(Improvement, json.loads(json.dumps(whole.to_dict()))) == whole
    assert resume_improvement(whole.study) == whole


@pytest.mark.parametrize("source", ["digits", "breast-cancer", "diabetes"])
def test_what_is_measured_is_what_the_result_says(config, tmp_path, source):
    run = dlrecipe.train(config(data__source=source), tmp_path / "a")
    found, loss = open_dev(run).measured(), run.result.dev.loss
    assert found.error == pytest.approx(run.result.dev.error, rel=1e-6)
    if source == "diabetes":
        assert found.miss <= np.sqrt(2 * loss)  # the mean absolute deviation, by Jensen
    else:
        assert 0 < found.miss < 2 * loss  # (1 - p)^2 is less than -log p


@pytest.mark.parametrize("source", ["digits", "breast-cancer", "diabetes"])
def test_misses_are_those_of_the_formula(config, tmp_path, source):
    dev = open_dev(dlrecipe.train(config(data__source=source), tmp_path / "a"))
    part, loss = dev.prepared.examples(dev.dataset.dev), dev.model.network.loss
    examples = part.rows(np.arange(len(part)))
    off = loss.output(dev.model.network.forward(dev.model.theta, examples.X)[1]) - examples.Y
    expected = np.abs(off).mean() if source == "diabetes" else np.square(off).sum(axis=1).mean()
    assert dev.measured().miss == pytest.approx(expected, rel=1e-5)


def test_a_model_that_ran_away_is_measured_as_very_far_off(config, tmp_path):
    dev = open_dev(dlrecipe.train(config(data__source="diabetes"), tmp_path / "a"))
    lost = replace(dev, model=replace(dev.model, theta=np.full_like(dev.model.theta, np.inf)))
    assert lost.measured().error == lost.measured().miss == WORST
    with pytest.raises(RunError, match="not finite"):
        _ = lost.errors


def interrupt_after(steps):
    def watch(progress):
        for now in progress:
            yield now
            if len(now.steps) == steps and not now.trying:
                raise KeyboardInterrupt

    return watch


def test_an_interrupted_loop_goes_on_to_the_same_steps(config, whole, tmp_path):
    cut = improve(config(), 5, runs=tmp_path / "cut", watch=interrupt_after(2))
    assert (cut.stopped, len(cut.steps)) == ("interrupted", 2)
    assert not RunFolder(tmp_path / "cut/slow-improve-0001").result.exists()
    resumed = resume_improvement(cut.study)
    assert path(resumed) == path(whole)
    assert resumed.honesty == whole.honesty
    assert len(list_runs(tmp_path / "cut")) == 5


def test_an_edited_result_is_made_again_from_the_trainings(config, tmp_path):
    done = improve(config(), 2, runs=tmp_path / "edited")
    file = RunFolder(Path(done.study)).result
    file.write_text(file.read_text().replace('"kept": false', '"kept": true'))
    again = resume_improvement(done.study)
    assert (path(again), again.best) == (path(done), done.best)
    assert resume_improvement(done.study) == again
    assert len(list_runs(tmp_path / "edited")) == 2


def test_an_interrupt_before_the_first_result_names_the_study(config, tmp_path):
    def watch(progress):
        yield next(progress)
        raise KeyboardInterrupt

    with pytest.raises(StudyInterruptedError) as caught:
        improve(config(), 5, runs=tmp_path / "cut", watch=watch)
    assert caught.value.study == tmp_path / "cut/slow-improve-0001"
    assert resume_improvement(caught.value.study).trainings == 5


KILLED = """
import sys, dlrecipe
from dlrecipe.experiments.improving import improve, resume_improvement
if sys.argv[2] == "new":
    improve(dlrecipe.load_config(sys.argv[1]), 5, runs=sys.argv[3])
else:
    resume_improvement(sys.argv[3] + "/slow-improve-0001")
"""


def test_killed_again_and_again_it_takes_the_same_steps(config, whole, tmp_path):
    config()
    runs, kills = tmp_path / "killed", 0
    result = runs / "slow-improve-0001/result.json"
    for wait in (0.0, 0.1, 0.25, 60.0):
        begun = (runs / "slow-improve-0001").exists()
        arguments = [str(tmp_path / "slow.yaml"), "old" if begun else "new", str(runs)]
        process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments])
        had = len(list(runs.glob("slow-0*")))
        end = time.monotonic() + 60
        while process.poll() is None and len(list(runs.glob("slow-0*"))) <= had and time.monotonic() < end:
            time.sleep(0.005)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        if result.exists():
            break
    assert kills >= 2
    assert path(resume_improvement(runs / "slow-improve-0001")) == path(whole)
    assert len(list_runs(runs)) == 5


@pytest.mark.slow
def test_two_at_once_are_the_steps_of_two_at_once(config, tmp_path):
    first, second = (improve(config(), 3, runs=tmp_path / name, workers=2) for name in "ab")
    assert path(first) == path(second)
    assert first.trainings == 3


@pytest.mark.parametrize(
    ("limits", "overrides", "stopped"),
    [
        ({"target_error": 0.5}, {}, "target"),
        ({"minutes": 1e-9}, {}, "minutes"),
        ({}, {"recipe__human_error": 0.95}, "attained"),
        ({"trainings": 1}, {}, "trainings"),
    ],
)
def test_it_says_why_it_ends(config, tmp_path, limits, overrides, stopped):
    found = improve(config(**overrides), runs=tmp_path / "runs", **{"trainings": 4, **limits})
    assert found.stopped == stopped
    assert found.reason.endswith(".")
    assert found.next
    assert (found.honesty is None) == (found.trainings == 1)


def test_a_training_that_diverges_is_where_the_loop_begins(config, tmp_path):
    wild = config(training__optimizer="gd", training__learning_rate=1e6, data__source="diabetes")
    found = improve(wild, 4, runs=tmp_path / "runs")
    assert found.dev_error < found.start.dev_error
    assert any(step.kept for step in found.steps)
    [fresh] = [step for step in found.steps if step.source == "fresh start"]
    assert fresh.settings["training.optimizer"] == "adam"
    assert fresh.settings["training.learning_rate"] in {0.003, 0.001}


def test_a_training_that_fails_is_a_step_and_the_rest_goes_on(config, tmp_path, monkeypatch):
    def failing(attempt):
        if attempt.trial.origin.trial == 2:
            raise MemoryError("no room")
        return attempts.attempt(attempt)

    monkeypatch.setattr(loop, "attempt", failing)
    found = improve(config(), 4, runs=tmp_path / "runs")
    failed = found.steps[1]
    assert (failed.outcome, failed.run, failed.dev_error, failed.kept) == ("failed", None, None, False)
    assert (found.trainings, len(found.steps)) == (4, 3)


def test_a_hopeless_training_is_given_up_and_stays_so(config, tmp_path, monkeypatch):
    monkeypatch.setattr(racing, "NOTHING", 0)
    good = config(training__learning_rate=0.01, network__layers=[32])
    best = dlrecipe.train(good, tmp_path / "runs")
    study, lock = create_study(tmp_path / "runs", "x", Purpose("improve", {}), dump_config(good))
    slow = Trials(study).trial(0, {"training.learning_rate": 1e-6})
    for _ in range(2):
        found = attempts.attempt(attempts.Attempt(slow, best))
        assert found.cut
        assert found.run.result.epochs == 7
        slow = Trials(study).trial(0, slow.patch)
    fine = Trials(study).trial(1, {"training.learning_rate": 0.02, "training.patience": None})
    found = attempts.attempt(attempts.Attempt(fine, best))
    assert not found.cut
    assert found.run.result.epochs == 20
    straight = dlrecipe.train(
        config(training__learning_rate=0.02, network__layers=[32], training__patience=None), tmp_path / "y"
    )
    assert straight.result.dev == found.run.result.dev
    lock.release()


def test_what_cannot_be_trained_leaves_nothing_behind(config, tmp_path):
    with pytest.raises(DataError):
        improve(config(data__source="absent.csv"), runs=tmp_path / "runs")
    assert [folder.name for folder in (tmp_path / "runs").iterdir()] == [".numbers"]


@pytest.mark.parametrize(
    "limits", [{"trainings": 0}, {"minutes": 0}, {"minutes": float("nan")}, {"workers": 0}]
)
def test_limits_that_are_none_are_refused(config, tmp_path, limits):
    with pytest.raises(UsageError, match="must be"):
        improve(config(), runs=tmp_path / "runs", **limits)
    assert not (tmp_path / "runs").exists()
