import io

from rich.console import Console

from dlrecipe.report import show_evaluation, show_runs
from dlrecipe.results import Evaluation, RunList, RunSummary


def test_a_list_of_runs(capsys):
    runs = (
        RunSummary("runs/digits-0001", "finished", 0.031, "high variance", 0.001, {"training.lambda": 0.3}),
        RunSummary("runs/a[b]-0002", "interrupted", None, None),
        RunSummary("runs/diabetes-0003", "finished", 1.2, "high bias", 1.1),
    )
    show_runs(RunList(runs))
    assert capsys.readouterr().out == (
        """\
run                 status       train    dev  verdict        settings
runs/digits-0001    finished     0.1 %  3.1 %  high variance  lambda 0.3
runs/a[b]-0002      interrupted
runs/diabetes-0003  finished     110 %  120 %  high bias
"""
    )


def test_a_narrow_screen_has_the_errors_in_line_and_the_rest_below():
    out = Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    long = {"network.layers": [128, 64, 32], "training.lambda": 0.3, "training.optimizer": "momentum"}
    runs = (
        RunSummary("runs/digits-0001", "finished", 0.031, "high variance", 0.001, long),
        RunSummary("runs/digits-0002", "running", None, None),
    )
    show_runs(RunList(runs), out)
    printed = out.file.getvalue()
    assert max(map(len, printed.splitlines())) <= 60
    assert printed == (
        """\
run               status    train    dev
runs/digits-0001  finished  0.1 %  3.1 %
  high variance; layers [128, 64, 32], lambda 0.3, optimizer
  momentum
runs/digits-0002  running
"""
    )


def test_a_long_path_is_not_broken(capsys):
    path = f"{'long/' * 40}digits-0001"
    show_runs(RunList((RunSummary(path, "finished", 0.031, "high variance"),)))
    assert f"{path}  finished" in capsys.readouterr().out


def test_no_runs_name_the_command_that_makes_one(capsys):
    show_runs(RunList(()))
    assert capsys.readouterr().out == "No runs yet. Train one with: dlrecipe train CONFIG\n"


def test_an_evaluation_on_the_test_part(capsys):
    show_evaluation(Evaluation(360, 0.031, 0.1023, (0.017, 0.054), "runs/digits-0003", "test"))
    assert capsys.readouterr().out == (
        """\
Test error: 3.1 %, 95 % interval 1.7 % to 5.4 %
  360 examples, loss 0.102, model of runs/digits-0003
"""
    )


def test_an_evaluation_on_a_file(capsys):
    show_evaluation(Evaluation(1, 0.0, 0.1, (0.0, 0.79), "runs/digits-0003", "new [1].csv"))
    assert capsys.readouterr().out == (
        """\
Error on new [1].csv: 0.0 %, 95 % interval 0.0 % to 79.0 %
  1 example, loss 0.1, model of runs/digits-0003
"""
    )
