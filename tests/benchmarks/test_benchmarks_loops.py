"""The contest of loops: everybody gets the same task, and what is counted is what they would return."""

from __future__ import annotations

from dataclasses import replace

import pytest

import dlrecipe
from benchmarks.verdict.scenarios import draw_scenario
from benchmarks.verdict.trial import run_trial

optuna = pytest.importorskip("optuna", reason="the extra `sweep`")

from benchmarks.loops import contest  # noqa: E402  # needs Optuna
from benchmarks.loops.contenders import CONTENDERS, Training  # noqa: E402
from benchmarks.loops.contest import OURS, RIVAL, Contest, Job, hold  # noqa: E402
from benchmarks.loops.scores import chosen, figures  # noqa: E402
from benchmarks.loops.space import SANE, as_chosen, choose, choose_carefully  # noqa: E402
from benchmarks.loops.task import lay_out  # noqa: E402


@pytest.mark.parametrize("number", range(12))
def test_the_space_holds_every_wild_configuration(number):
    scenario = draw_scenario("tuning", "wild", 7, number)
    trial = optuna.trial.FixedTrial(as_chosen(scenario.config))
    longer = {"training.epochs": max(3, scenario.config["training.epochs"])}
    assert choose(trial, scenario) == {
        **scenario.config,
        **longer,
        "training.l1_ratio": trial_ratio(scenario),
    }


def trial_ratio(scenario):
    """Without a penalty its kind means nothing, and is not asked for."""
    return scenario.config["training.l1_ratio"] if scenario.config["training.lambda"] else 0.0


def test_the_space_holds_the_sane_configuration():
    scenario = draw_scenario("tuning", "wild", 7, 1)
    assert choose(optuna.trial.FixedTrial(as_chosen(SANE)), scenario) == SANE


@pytest.mark.parametrize("number", range(6))
def test_a_careful_author_chooses_from_the_same_space_and_leaves_most_of_it_out(number):
    scenario = draw_scenario("tuning", "wild", 7, number)
    trial = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=number)).ask()
    config = choose_carefully(trial, scenario)
    assert choose(optuna.trial.FixedTrial(as_chosen(config)), scenario) == config
    assert (config["training.optimizer"], config["data.normalize"]) == ("adam", True)


def cheap(kind):
    """The first task of this kind that is small."""
    drawn = ((n, draw_scenario("tuning", "wild", 7, n)) for n in range(60))
    return next(
        n for n, s in drawn if s.problem.task == kind and len(s.train.X) < 300 and not s.problem.shift
    )


@pytest.mark.parametrize("kind", ["classification", "regression"])
def test_files_and_command_reach_the_true_error_that_training_in_memory_does(kind, tmp_path):
    task = lay_out("tuning", "wild", 7, cheap(kind), tmp_path)
    run = dlrecipe.train(dlrecipe.load_config(task.config), tmp_path / "runs")
    direct = run_trial(task.scenario, {}, 0)
    assert run.result.dev.error == pytest.approx(direct.dev.error, abs=0.02)
    assert task.true_error(run) == pytest.approx(min(2.0, direct.true_error), abs=0.02)


def test_all_begin_with_the_same_training_and_a_record_is_not_made_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(contest, "TRAININGS", 3)
    job = Job("tuning", "wild", 7, cheap("classification"), tmp_path)
    names = [OURS, "random", RIVAL, "tpe, careful space"]
    held = hold(job, names)
    firsts = {(done[0].dev_error, done[0].true_error) for done in held.done.values()}
    assert len(firsts) == 1
    assert all(len(done) >= 3 for done in held.done.values())
    assert held.done[RIVAL][-1].seconds >= held.done[OURS][-1].seconds
    monkeypatch.setattr(contest, "CONTENDERS", dict.fromkeys(CONTENDERS))
    assert hold(job, names) == held


def training(seconds, true_error, *, kept=True, dev_error=0.3):
    return Training(seconds, dev_error, true_error, kept, {})


CONTEST = Contest(
    "one",
    0.1,
    {
        OURS: [training(1, 0.5), training(2, 0.3), training(4, 0.2, kept=False)],
        RIVAL: [training(1, 0.5), training(3, 0.4), training(5, 0.25)],
    },
)


def test_what_counts_is_the_last_choice_not_the_best_training():
    assert chosen(CONTEST.done[OURS]) == 0.3
    found = figures([CONTEST])
    assert found[OURS]["avoidable error removed"].value == pytest.approx(2 / 3)  # 0.2 is what is known
    assert found[OURS]["… of the way to the least error"].value == pytest.approx(0.5)
    assert found[RIVAL]["improve wins + half the ties"].value == 0


def test_at_equal_seconds_what_ended_later_does_not_count():
    found = figures([CONTEST])[RIVAL]
    assert found["improve gains at equal seconds"].value == pytest.approx(0.1)
    assert found["improve wins + half the ties at equal seconds"].value == 1
    assert found["improve gains"].value == pytest.approx(-0.05)


def test_a_tie_is_half_a_win():
    tied = replace(CONTEST, done={name: [training(1, 0.5)] for name in (OURS, RIVAL)})
    assert figures([tied])[RIVAL]["improve wins + half the ties"].value == 0.5
    assert figures([tied])[OURS]["avoidable error removed"] is None  # nothing is known to be gained
