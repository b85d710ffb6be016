"""A sweep on the screen: best first, failures told, honest about its choice; and the table while it runs."""

import io

from rich.console import Console

from dlrecipe.report.live_sweep import watch_sweep
from dlrecipe.report.sweep import MOST, show_sweep
from dlrecipe.results import Honesty, SweepProgress, SweepResult, SweepTrial

TRIALS = (
    SweepTrial({"training.lambda": 0}, "runs/a-0002", "finished", 0.05, 0.01, 30, 1.0),
    SweepTrial({"training.lambda": 1}, "runs/a-0003", "pruned", 0.04, 0.02, 4, 0.1, "Given up in epoch 4."),
    SweepTrial({"training.lambda": 2}, "runs/a-0004", "finished", 0.03, 0.02, 30, 1.0),
    SweepTrial({"training.lambda": 3}, None, "failed", None, reason="It diverged [in] epoch 2."),
)
FOUND = SweepResult(
    best="runs/a-0004",
    trials=TRIALS,
    method="grid",
    study="runs/a-sweep-0001",
    best_config="runs/a-sweep-0001/best.yaml",
    patch={"training.lambda": 2},
    dev_error=0.03,
    train_error=0.02,
    verdict="low bias and low variance",
    stopped="finished",
    seconds=2.1,
    honesty=Honesty(2, 0.034, 0.004, (0.02, 0.05)),
)


def shown(found):
    out = Console(file=io.StringIO(), width=100)
    show_sweep(found, out)
    return out.file.getvalue()


def test_finished_trials_come_first_by_dev_error_then_pruned_then_failed():
    rows = [line.split()[0] for line in shown(FOUND).splitlines() if "training.lambda:" in line][:4]
    assert rows == ["3", "1", "2", "4"]


def test_the_head_counts_and_the_failures_have_their_reason():
    text = shown(FOUND)
    assert text.startswith("best dev error 3.0 % of 4 trials (grid): 2 finished, 1 pruned, 1 failed")
    assert "4. It diverged [in] epoch 2." in text


def test_the_choice_is_corrected_and_the_next_command_is_last():
    text = shown(FOUND)
    assert "about 0.4 points too low: expect 3.4 %" in " ".join(text.split())
    assert text.splitlines()[-1] == "Next: dlrecipe evaluate runs/a-0004"


def test_many_trials_are_cut_and_counted():
    many = SweepResult(**{**{name: getattr(FOUND, name) for name in FOUND.__slots__}, "trials": TRIALS * 30})
    text = shown(many)
    assert f"and {120 - MOST} more, which --json lists" in text


def test_where_nobody_watches_the_progress_is_passed_on_untouched():
    assert watch_sweep(Console(file=io.StringIO())) is iter


def test_a_terminal_sees_the_best_so_far_and_what_is_under_way():
    err = Console(file=io.StringIO(), width=100, force_terminal=True, legacy_windows=False, _environ={})
    now = SweepProgress(TRIALS, ({"training.lambda": 7},), 9)
    assert list(watch_sweep(err)(iter([now]))) == [now]
    text = err.file.getvalue()
    assert "4 of 9 trials" in text
    assert "training.lambda: 7" in text
    assert text.index("training.lambda: 2") < text.index("training.lambda: 0")
