"""Which run a command takes: the newest, and of a study the one that it kept."""

import shutil
from pathlib import Path

IMPROVE = "improve good.yaml --trainings 2 --json -S training.learning_rate=0.05 -S training.epochs=20"
SWEEP = 'sweep small.yaml --workers 1 --json -S "sweep.space.training.learning_rate=[0.01, 1e-7, 1e-6]"'


def reported(ending):
    """The run that a result or an error line names."""
    return Path(ending.json["run"]).name


def test_the_run_that_a_sweep_kept_is_the_default(cli):
    found = cli(SWEEP).json
    best = Path(found["best"]).name
    assert found["trials"][0]["run"] == found["best"], "the newest should be another one"
    ending = cli("evaluate --json")
    assert reported(ending) == best
    assert "small-sweep-0002 was finished last: the run that it kept" in ending.err
    assert f"{best}, is taken" in ending.err
    assert cli("diagnose --json").json == cli(f"diagnose {best} --json").json
    assert reported(cli("export --out m.onnx --json")) == best
    assert best in cli("report --json").json["report"]


def test_the_run_that_improve_kept_is_the_default(cli):
    found = cli(IMPROVE).json
    assert not found["steps"][-1]["kept"], "the newest should be a trial that was reverted"
    ending = cli("evaluate --json")
    assert reported(ending) == Path(found["best"]).name
    assert "good-improve-0002 was finished last" in ending.err


def test_several_seeds_are_their_first_run_with_the_verdict_on_all(cli):
    found = cli("train small.yaml --seeds 2 --json").json
    ending = cli("diagnose --json")
    assert ending.json == cli(f"diagnose {found['run']} --json").json
    assert "small-seeds-0002 was finished last" in ending.err


def test_a_training_after_the_study_is_the_newest(cli):
    cli(SWEEP)
    alone = cli("train small.yaml --json").json
    ending = cli("evaluate --json")
    assert (ending.json["run"], ending.err) == (alone["run"], "")


def test_a_study_that_is_named_is_the_run_it_kept(cli):
    found = cli(SWEEP).json
    ending = cli("evaluate 2 --json")
    assert Path(ending.json["run"]).name == Path(found["best"]).name
    assert "small-sweep-0002 is a study: the run that it kept" in ending.err
    compared = cli("runs compare 1 2 --json")
    assert {Path(run["run"]).name for run in compared.json["runs"]} == {
        "small-0001",
        Path(found["best"]).name,
    }
    twice = cli(f"runs compare 2 {found['best']}")
    assert twice.status == 2
    assert "not with itself" in twice.err


def test_a_study_is_read_wherever_it_was_moved(cli, here):
    found = cli(SWEEP).json
    (here / "runs").rename(here / "moved")
    assert cli("evaluate 2 --runs moved --json").json["run"] == f"moved/{Path(found['best']).name}"


def test_a_curve_keeps_none(cli):
    assert cli("curve small.yaml --seeds 1 --json").status == 0
    ending = cli("evaluate --json")
    assert "the newest finished run, is taken: one training of runs/small-curve-0002" in ending.err
    named = cli("evaluate 2")
    assert named.status == 2
    assert "small-curve-0002 has no best run. Name one of its trainings: small-0003, small-0004" in named.err


def test_an_unfinished_study_has_kept_none_yet(cli, here):
    cli(SWEEP)
    (here / "runs/small-sweep-0002/result.json").unlink()
    ending = cli("evaluate --json")
    assert reported(ending) == "small-0005"
    assert "is not finished: dlrecipe resume runs/small-sweep-0002" in ending.err
    named = cli("evaluate 2")
    assert named.status == 2
    assert "small-sweep-0002 is not finished" in named.err


def test_a_best_run_that_was_deleted_is_not_replaced_by_another(cli, here):
    found = cli(SWEEP).json
    shutil.rmtree(here / found["best"])
    for line in ("evaluate", "evaluate 2"):
        ending = cli(line)
        assert ending.status == 2
        assert "is gone. Name another run" in ending.err
