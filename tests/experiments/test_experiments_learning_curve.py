"""The learning curve: nested parts, equal work, one dev set, and a study that goes on."""

import itertools
import subprocess
import sys

import numpy as np
import pytest

from dlrecipe.config import load_config
from dlrecipe.errors import UsageError
from dlrecipe.experiments import curve, resume_curve
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.run import open_run
from dlrecipe.experiments.trials import StudyInterruptedError

CONFIG = """
name: small
data: {source: digits}
network: {layers: [8]}
training: {epochs: 4, batch_size: 50, patience: 3}
"""


@pytest.fixture
def config(tmp_path):
    (tmp_path / "small.yaml").write_text(CONFIG)
    return load_config(tmp_path / "small.yaml")


def test_points_are_means_over_seeds_of_halved_training_sets(config, tmp_path):
    found = curve(config, runs=tmp_path / "runs", seeds=2)
    assert [point.examples for point in found.points] == [67, 134, 269, 539, 1079]
    for point in found.points:
        runs = [open_run(path).result for path in point.runs]
        assert {run.train.examples for run in runs} == {point.examples}
        assert point.dev_error == pytest.approx(np.mean([run.dev.error for run in runs]))
        assert point.train_error == pytest.approx(np.mean([run.train.error for run in runs]))
    assert [one.examples for one in found.forecast] == [2158, 4316, 8632]


def test_all_trainings_share_the_dev_set_take_equal_steps_and_nest(config, tmp_path):
    found = curve(config, runs=tmp_path / "runs", seeds=2)
    prepared = [
        [prepare(load_config(f"{path}/config.yaml")) for path in point.runs] for point in found.points
    ]
    dev = prepared[0][0].dataset.dev.rows
    for size in prepared:
        rows = [set(one.dataset.train.rows) for one in size]
        assert rows[0] != rows[1] or len(rows[0]) == 1079
        for one in size:
            assert np.array_equal(one.dataset.dev.rows, dev)
            steps = -(-one.problem.m // one.problem.batch_size) * one.problem.epochs
            assert steps == pytest.approx(4 * 22, rel=0.05)
    for smaller, larger in itertools.pairwise(prepared):
        for one, more in zip(smaller, larger, strict=True):
            assert set(one.dataset.train.rows) < set(more.dataset.train.rows)


def interrupt_after(wanted):
    def watch(counts):
        for done, total in counts:
            if done == wanted:
                raise KeyboardInterrupt
            yield done, total

    return watch


def test_an_interrupted_curve_goes_on_without_repeating_a_training(config, tmp_path):
    whole = curve(config, runs=tmp_path / "whole", seeds=1)
    with pytest.raises(StudyInterruptedError) as interrupt:
        curve(config, runs=tmp_path / "cut", seeds=1, watch=interrupt_after(3))
    counts = []

    def count(progress):
        for done, total in progress:
            counts.append(len(list((tmp_path / "cut").glob("small-0*/result.json"))))
            yield done, total

    resumed = resume_curve(interrupt.value.study, count)
    assert counts[0] == 3
    assert counts[-1] == 5
    assert [point.dev_errors for point in resumed.points] == [point.dev_errors for point in whole.points]
    assert resume_curve(interrupt.value.study) == resumed


def test_processes_give_the_same_curve(config, tmp_path):
    one = curve(config, runs=tmp_path / "one", seeds=2)
    two = curve(config, runs=tmp_path / "two", seeds=2, workers=2)
    assert [point.dev_errors for point in two.points] == [point.dev_errors for point in one.points]
    assert two.forecast == one.forecast


def test_a_gap_that_is_none_has_no_halving(tmp_path):
    (tmp_path / "line.yaml").write_text(
        "data: {source: diabetes}\nnetwork: {layers: []}\ntraining: {epochs: 3, patience: null}\n"
    )
    found = curve(load_config(tmp_path / "line.yaml"), runs=tmp_path / "runs", seeds=1)
    assert len(found.points) == 4
    assert found.notes


@pytest.mark.parametrize(
    ("changes", "options", "message"),
    [
        ({"data.train_examples": 30}, {}, "needs at least 40 training examples"),
        ({}, {"seeds": 0}, "must be at least 1. Got 0"),
        ({}, {"workers": 0}, "must be at least 1"),
    ],
)
def test_what_cannot_be_halved_is_refused_before_anything_is_written(tmp_path, changes, options, message):
    (tmp_path / "small.yaml").write_text(CONFIG)
    with pytest.raises(UsageError, match=message):
        curve(load_config(tmp_path / "small.yaml", changes), runs=tmp_path / "runs", **options)
    assert not (tmp_path / "runs").exists()


@pytest.mark.usefixtures("config")
def test_a_killed_curve_is_resumed_from_the_shell(tmp_path):
    config_file, runs = str(tmp_path / "small.yaml"), str(tmp_path / "runs")
    program = f"""
import os
from dlrecipe import config, experiments

def kill(counts):
    for done, total in counts:
        if done == 2:
            os.kill(os.getpid(), 9)
        yield done, total

experiments.curve(config.load_config({config_file!r}), runs={runs!r}, seeds=1, watch=kill)
"""
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -9
    command = [sys.executable, "-m", "dlrecipe", "resume", "--runs", runs, "--json"]
    resumed = subprocess.run(command, check=True, capture_output=True, text=True)
    assert resumed.stdout.count('"examples"') == 5 + 3
    assert len(list((tmp_path / "runs").glob("small-0*/result.json"))) == 5
