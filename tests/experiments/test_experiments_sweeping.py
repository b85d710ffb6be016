"""A search: which trials it chooses, which it gives up, and that no worker, kill or order changes them."""

import json
import os
import signal
import sys
from collections import Counter

import numpy as np
import pytest

import dlrecipe
from dlrecipe.config import load_config
from dlrecipe.config.sweep_section import Pruning
from dlrecipe.errors import ConfigError, DataError, UsageError
from dlrecipe.experiments.run import open_run
from dlrecipe.experiments.sweeping import study as sweeping
from dlrecipe.experiments.sweeping.attempts import attempt
from dlrecipe.experiments.sweeping.choosing import Chooser
from dlrecipe.experiments.sweeping.crew import KILLED
from dlrecipe.experiments.sweeping.rungs import bars, rungs
from dlrecipe.experiments.sweeping.workers import workers_for
from dlrecipe.runs.find import list_runs

CONFIG = """
name: small
data: {source: digits}
network: {layers: [8]}
training: {epochs: 3}
sweep:
  space:
    training.lambda: [0, 1]
    network.layers: [[], [8], [8, 4]]
"""
PRUNED = {
    "sweep.prune": True,
    "sweep.method": "random",
    "sweep.trials": 10,
    "sweep.space": {"training.learning_rate": {"low": 1e-4, "high": 0.1, "log": True}},
    "training.epochs": 9,
    "training.patience": None,
}


@pytest.fixture
def load(tmp_path):
    def load_with(**overrides):
        (tmp_path / "small.yaml").write_text(CONFIG)
        return load_config(
            tmp_path / "small.yaml", {key.replace("__", "."): v for key, v in overrides.items()}
        )

    return load_with


def chosen(config, results=None):
    chooser = Chooser(config.sweep)
    for number in range(chooser.planned):
        chooser.choose({at: error for at, error in (results or {}).items() if at < number})
    return chooser.chosen


def test_a_grid_has_every_combination_once_with_the_last_key_fastest(load):
    found = chosen(load())
    assert found == [
        {"training.lambda": lambd, "network.layers": layers}
        for lambd in (0, 1)
        for layers in ([], [8], [8, 4])
    ]


def test_a_grid_takes_evenly_spaced_points_of_a_range_and_whole_ones_of_a_whole_key(load):
    space = {
        "training.lambda": {"low": 0.01, "high": 100, "log": True},
        "training.batch_size": {"low": 16, "high": 18, "points": 9},
    }
    found = chosen(load(sweep__space=space))
    assert {patch["training.lambda"] for patch in found} == {0.01, 0.1, 1, 10, 100}
    assert [patch["training.batch_size"] for patch in found[:3]] == [16, 17, 18]
    assert len(found) == 15


def test_a_large_grid_is_sampled_without_repetition(load):
    space = {f"data.{key}": [True, False] for key in ("normalize", "missing_indicator")}
    space |= {"training.lambda": list(range(1000)), "training.epochs": list(range(1000))}
    found = chosen(load(sweep__space=space, sweep__trials=50))
    assert len({json.dumps(patch) for patch in found}) == 50
    assert len({patch["training.lambda"] for patch in found}) > 40


@pytest.mark.parametrize("method", ["random", "tpe"])
def test_drawn_trials_are_the_same_again_within_the_range_and_never_repeated(load, method):
    if method == "tpe":
        pytest.importorskip("optuna")
    space = {
        "training.lambda": [0, 1],
        "training.learning_rate": {"low": 0.001, "high": 0.1, "log": True},
        "training.batch_size": {"low": 8, "high": 10},
    }
    config = load(sweep__method=method, sweep__space=space)
    results = {number: float(number) for number in range(20)}
    found = chosen(config, results)
    assert found == chosen(config, results)
    assert len({json.dumps(patch) for patch in found}) == len(found) == 20
    assert {patch["training.batch_size"] for patch in found} == {8, 9, 10}
    assert all(0.001 <= patch["training.learning_rate"] <= 0.1 for patch in found)
    assert found != chosen(load(sweep__method=method, sweep__space=space, sweep__seed=1), results)


@pytest.mark.parametrize("method", ["random", "tpe"])
def test_a_small_space_is_had_whole_and_then_ends(load, method):
    if method == "tpe":
        pytest.importorskip("optuna")
    found = chosen(load(sweep__method=method, sweep__trials=100), dict.fromkeys(range(6), 0.5))
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, chosen(load())))


def test_a_logarithmic_draw_is_even_over_factors_of_ten(load):
    space = {"training.learning_rate": {"low": 1e-4, "high": 1, "log": True}}
    found = chosen(load(sweep__method="random", sweep__trials=2000, sweep__space=space))
    decades = Counter(int(np.floor(np.log10(patch["training.learning_rate"]))) for patch in found)
    assert all(abs(decades[decade] - 500) < 5 * 500**0.5 for decade in (-4, -3, -2, -1))


def test_tpe_finds_the_better_half_of_a_bowl(load):
    pytest.importorskip("optuna")
    space = {"training.lambda": {"low": 0, "high": 1}, "training.l1_ratio": {"low": 0, "high": 1}}
    chooser = Chooser(load(sweep__method="tpe", sweep__trials=40, sweep__space=space).sweep)
    errors = {}
    for number in range(40):
        patch = chooser.choose(errors)
        errors[number] = (patch["training.lambda"] - 0.8) ** 2 + (patch["training.l1_ratio"] - 0.2) ** 2
    at_random = 2 * (1 / 12 + 0.3**2)  # the mean over the square
    assert np.mean([errors[at] for at in range(25, 40)]) < at_random / 2


def test_rungs_are_a_factor_apart_and_below_the_end():
    assert rungs(Pruning(), 100) == (4, 12, 36)
    assert rungs(Pruning(min_epochs=5, factor=2), 30) == (5, 10, 20)
    assert rungs(Pruning(min_epochs=5), 5) == ()


def test_a_bar_lets_a_third_pass():
    reached = [{1: error / 10, 3: 0.1} for error in range(1, 9)]  # with the next one there are nine
    assert bars(Pruning(), reached) == {1: pytest.approx(0.3), 3: 0.1}
    assert bars(Pruning(), reached[:2]) == {}


def test_a_sweep_trains_each_combination_as_train_does(load, tmp_path):
    config = load()
    found = dlrecipe.sweep(config, runs=tmp_path / "runs", workers=1)
    assert [trial.status for trial in found.trials] == ["finished"] * 6
    assert found.dev_error == min(trial.dev_error for trial in found.trials)
    assert len(list_runs(tmp_path / "runs")) == 6
    for trial in found.trials:
        alone = dlrecipe.train(load(training__threads=1, **trial.patch), tmp_path / "alone")
        assert alone.result.dev.error == trial.dev_error
    again = dlrecipe.load_config(found.best_config)
    assert again.sweep is None
    assert dlrecipe.train(again, tmp_path / "alone").result.dev.error == found.dev_error
    assert found.honesty.candidates == 6
    assert found.honesty.corrected >= found.dev_error


def without_runs(found):
    return [(trial.patch, trial.status, trial.dev_error, trial.epochs) for trial in found.trials]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["random", "tpe"])
def test_the_number_of_workers_changes_nothing(load, tmp_path, method):
    if method == "tpe":
        pytest.importorskip("optuna")
    config = load(**{**PRUNED, "sweep.method": method})
    one = dlrecipe.sweep(config, runs=tmp_path / "one", workers=1)
    several = dlrecipe.sweep(config, runs=tmp_path / "several", workers=3)
    assert without_runs(one) == without_runs(several)
    counted = Counter(trial.status for trial in one.trials)
    assert counted["pruned"] >= 2
    assert counted["finished"] >= 3


def test_a_pruned_training_is_the_beginning_of_the_whole_one(load, tmp_path):
    config = load(**PRUNED)
    pruned = dlrecipe.sweep(config, runs=tmp_path / "pruned", workers=1)
    whole = dlrecipe.sweep(load(**{**PRUNED, "sweep.prune": False}), runs=tmp_path / "whole", workers=1)
    for cut, full in zip(pruned.trials, whole.trials, strict=True):
        one, other = (open_run(trial.run).history for trial in (cut, full))
        assert [row[2:] for row in one] == [row[2:] for row in other][: len(one)]
        assert (cut.status == "pruned") == (len(one) < len(other))
        assert cut.status == "pruned" or cut.dev_error == full.dev_error


def test_seeds_can_be_searched_and_share_their_dev_examples(load, tmp_path):
    found = dlrecipe.sweep(load(sweep__space={"seed": [0, 1, 2]}), runs=tmp_path, workers=1)
    assert found.honesty.candidates == 3
    assert len({trial.dev_error for trial in found.trials}) > 1


def test_failures_are_recorded_and_the_rest_goes_on(load, tmp_path):
    space = {
        "training.optimizer": ["gd", "lbfgs"],
        "training.batch_size": [32, "full"],
        "training.learning_rate": [1e6, 0.1],
        "network.activation": ["identity"],
    }
    config = load(sweep__space=space)
    found = dlrecipe.sweep(config, runs=tmp_path, workers=1)
    by_status = Counter(trial.status for trial in found.trials)
    assert by_status == {"finished": 4, "failed": 4}  # two diverge, lbfgs takes no batches of 32
    reasons = [trial.reason for trial in found.trials if trial.status == "failed"]
    assert sum("diverged" in reason for reason in reasons) == 2
    assert sum("must be full with optimizer lbfgs" in reason for reason in reasons) == 2
    assert all(trial.dev_error is None for trial in found.trials if trial.status == "failed")


def test_a_sweep_that_cannot_begin_leaves_no_folder(load, tmp_path):
    runs = tmp_path / "runs"
    with pytest.raises(DataError):
        dlrecipe.sweep(load(data__source="absent.csv"), runs=runs)
    with pytest.raises(UsageError, match="no sweep section"):
        dlrecipe.sweep(load(sweep=None), runs=runs)
    with pytest.raises(UsageError, match="at least 1"):
        dlrecipe.sweep(load(), runs=runs, workers=0)
    assert not runs.exists()


def test_without_optuna_tpe_is_refused_with_the_extra(load, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(UsageError, match=r'pip install "dlrecipe\[sweep\]"'):
        dlrecipe.sweep(load(sweep__method="tpe"), runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_an_interrupted_sweep_goes_on_to_the_same_end(load, tmp_path):
    config = load(**PRUNED)
    whole = dlrecipe.sweep(config, runs=tmp_path / "whole", workers=1)

    def stop_after(trials):
        def watch(progress):
            for now in progress:
                yield now
                if len(now.trials) == trials and now.trying:
                    raise KeyboardInterrupt

        return watch

    cut = dlrecipe.sweep(config, runs=tmp_path / "cut", workers=1, watch=stop_after(4))
    assert cut.stopped == "interrupted"
    assert without_runs(cut) == without_runs(whole)[:4]
    again = sweeping.resume_sweep(cut.study, stop_after(8))
    assert without_runs(again) == without_runs(whole)[:8]
    ended = sweeping.resume_sweep(cut.study)
    assert without_runs(ended) == without_runs(whole)
    assert [trial.run for trial in ended.trials][:8] == [trial.run for trial in again.trials]
    assert sweeping.resume_sweep(cut.study) == ended
    assert len(list_runs(tmp_path / "cut")) == 10


def test_a_kill_between_two_rungs_changes_nothing(load, tmp_path, monkeypatch):
    config = load(**{**PRUNED, "sweep.trials": 4})
    whole = dlrecipe.sweep(config, runs=tmp_path / "whole", workers=1)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:  # the config is of the next leg, the checkpoint of the one before
        patch.setattr("dlrecipe.experiments.resuming.save_checkpoint", killed)
        cut = dlrecipe.sweep(config, runs=tmp_path / "cut", workers=1)
    assert cut.stopped == "interrupted"
    assert without_runs(sweeping.resume_sweep(cut.study)) == without_runs(whole)
    assert len(list_runs(tmp_path / "cut")) == 4


def die(task):
    if task.trial.origin.trial == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return attempt(task)


@pytest.mark.slow
def test_a_killed_process_fails_its_trial_alone(load, tmp_path, monkeypatch):
    monkeypatch.setattr("dlrecipe.experiments.sweeping.crew.attempt", die)
    found = dlrecipe.sweep(load(), runs=tmp_path, workers=2)
    assert [trial.status for trial in found.trials] == ["finished", "failed", *["finished"] * 4]
    assert found.trials[1].reason == KILLED
    assert len(list_runs(tmp_path)) == 5


def test_processes_are_taken_where_they_pay(monkeypatch):
    monkeypatch.setattr("dlrecipe.experiments.sweeping.workers._cores", lambda: 8)
    assert workers_for(0.01, 100) == 1
    assert workers_for(10, 3) == 3
    assert workers_for(10, 100) == 8
    assert workers_for(1000, 0) == 1


def test_a_value_is_judged_where_the_config_has_it(load):
    space = {
        "training.lambda": [0, -1, "x"],
        "training.lamda": [1],
        "network": [1],
        "recipe.metric": ["auc"],
        "data.split": ["auto"],
        "network.keep_prob": [[0.5, 0.5]],
        "training.batch_size": {"low": 0, "high": 8},
        "training.learning_rate": {"low": 1, "high": 0.1},
    }
    with pytest.raises(ConfigError) as raised:
        load(sweep__space=space)
    said = "\n".join(message.split(": ", 1)[1] for message in raised.value.messages)
    for words in (
        "training.lambda must be at least 0. Got -1.",
        'training.lambda must be a number, at least 0. Got "x".',
        "sweep.space.training.lamda is not a known key. Did you mean training.lambda?",
        "sweep.space.network is a section.",
        "sweep.space.recipe.metric cannot be searched",
        "sweep.space.data.split cannot be searched",
        "network.keep_prob must be one number, or a list with one for each of the 1 hidden layers.",
        "training.batch_size must be at least 1, or full. Got 0.",
        "sweep.space.training.learning_rate.low must be below high (0.1). Got 1.0.",
    ):
        assert words in said
    assert len(raised.value.messages) == 9
