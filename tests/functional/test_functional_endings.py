"""Command lines and how they must end: status, words on stdout, words on stderr."""

import pytest

RUN = "small-0001"

ENDINGS = [
    # what is asked for and done
    ("train small.yaml", 0, ["train", "dev", "high bias"], []),
    ("train small.yaml -S training.epochs=1 -S network.layers=[4]", 0, ["high bias"], []),
    ("train small.yaml --runs elsewhere", 0, ["elsewhere"], []),
    ("train house.yaml", 0, ["low bias"], []),
    ("resume 1", 0, ["high bias"], []),
    ("resume 1 -S training.epochs=5", 0, ["high bias"], []),
    ("improve small.yaml --trainings 2 --workers 2", 0, ["in 2 trainings", "Why", "best.yaml"], []),
    ("improve small.yaml --trainings 3 --target-error 99%", 0, ["in 1 training,", "reaches the target"], []),
    ("improve house.yaml --trainings 2 --minutes 5 --runs elsewhere", 0, ["elsewhere/house-improve"], []),
    ("improve wild.yaml --trainings 2", 0, ["in 2 trainings"], []),
    ("diagnose", 0, ["high bias"], []),
    (f"diagnose {RUN}", 0, ["high bias"], []),
    (f"diagnose runs/{RUN}", 0, ["high bias"], []),
    ("diagnose --train-error 1% --dev-error 11%", 0, ["high variance"], []),
    ("diagnose --train-error .01 --dev-error .11 --train-size 800 --dev-size 200", 0, ["high variance"], []),
    (
        "diagnose --train-error 120% --dev-error 150% --task regression",
        0,
        ["high bias and high variance"],
        [],
    ),
    ("diagnose --train-error 1% --dev-error 11% --tolerance 20%", 0, ["low bias and low variance"], []),
    ("evaluate", 0, ["Test error", "runs/small-0001"], []),
    ("evaluate --data small.csv", 2, [], ["Error:", "small.csv"]),
    ("gradcheck small.yaml -S data.source=breast-cancer --after-epochs 1", 0, ["great"], []),
    ("gradcheck house.yaml --after-epochs 0 --method naive", 0, ["initialization"], []),
    ("schema", 0, ['"$schema"', "keep_prob"], []),
    ("runs", 0, [RUN, "high bias"], []),
    ("runs list", 0, [RUN, "high bias"], []),
    ("runs --runs nowhere", 0, [], []),
    ("report", 0, ["Report: runs/small-0001/report.html"], []),
    ("report 1 --out a.html", 0, ["Report: a.html"], []),
    # the answer is no
    ("train wild.yaml", 1, ["diverged"], []),
    ("train small.yaml --fail-on bias", 1, ["high bias"], ["--fail-on bias"]),
    ("train small.yaml --fail-on any", 1, ["high bias"], ["--fail-on any: bias"]),
    ("train good.yaml --fail-on mismatch", 0, [], ["nothing measures mismatch"]),
    (
        "diagnose --train-error 1% --dev-error 11% --fail-on variance",
        1,
        ["high variance"],
        ["--fail-on variance"],
    ),
    ("diagnose --train-error 1% --dev-error 11% --fail-on bias", 0, ["high variance"], []),
    ("diagnose --fail-on any", 1, ["high bias"], ["--fail-on any"]),
    ("gradcheck small.yaml --epsilon 1 --after-epochs 0 --method naive", 1, ["worry"], []),
    # the request is wrong
    ("train absent-config.yaml", 2, [], ["Error: absent-config.yaml"]),
    ("train broken.yaml", 2, [], ["Error: broken.yaml:"]),
    (
        "train wrong.yaml",
        2,
        [],
        ["Error: wrong.yaml:5: network.keep_prob", "Error: wrong.yaml:7: training.epochz"],
    ),
    ("train absent.yaml", 2, [], ["Error:", "absent.csv"]),
    ("train holes.yaml", 2, [], ["Error:", "holes.csv", "data.missing"]),
    ("train small.yaml -S training.lambda", 2, [], ["Error: --set training.lambda"]),
    ("train small.yaml -S training.lambada=1", 2, [], ["training.lambda"]),
    ("train small.yaml --runs small.yaml", 2, [], ["Error: small.yaml", "--runs DIR"]),
    ("train", 2, [], ["Usage: dlrecipe train", "Missing argument 'CONFIG'"]),
    ("train small.yaml --epochs 3", 2, [], ["No such option", "--epochs"]),
    ("improve absent.yaml", 2, [], ["Error:", "absent.csv"]),
    ("improve small.yaml --target-error 5", 2, [], ["Error: --target-error is ambiguous", "5%"]),
    ("improve small.yaml --minutes 0", 2, [], ["Error: minutes must be more than 0"]),
    ("improve small.yaml --trainings 0", 2, [], ["--trainings"]),
    ("improve small.yaml -S training.lambada=1", 2, [], ["training.lambda"]),
    ("train small.yaml --fail-on loss", 2, [], ["--fail-on", "variance"]),
    ("tarin small.yaml", 2, [], ["No such command 'tarin'"]),
    ("resume 1 -S training.lambda=3", 2, [], ["Error:", "training.epochs", "training.lambda"]),
    ("resume", 2, [], ["Error: There is no interrupted run"]),
    ("diagnose 7", 2, [], ["Error: There is no run '7'", RUN]),
    ("diagnose --runs nowhere", 2, [], ["Error: There is no finished run", "nowhere"]),
    ("diagnose --train-error 1 --dev-error 2%", 2, [], ["Error: --train-error is ambiguous", "1%", "100%"]),
    (
        "diagnose --train-error x --dev-error 5",
        2,
        [],
        ["Error: --train-error must be a fraction", "Error: --dev-error is ambiguous"],
    ),
    ("diagnose --train-error 1%", 2, [], ["Error: Figures need --dev-error as well"]),
    ("diagnose --tolerance 1%", 2, [], ["Error: Figures need --train-error and --dev-error as well"]),
    (
        "diagnose 1 --train-error 1% --dev-error 2%",
        2,
        [],
        ["Error: Give either a run or figures, not both: 1 and"],
    ),
    (
        "diagnose 1 --human-error 1%",
        2,
        [],
        ["Error: Give either a run or figures", "--human-error", "recipe"],
    ),
    ("diagnose --train-error 120% --dev-error 2%", 2, [], ["Error: --train-error must be", "1.2"]),
    ("diagnose --train-error 1% --dev-error 2% --dev-size 0", 2, [], ["--dev-size", "1"]),
    ("diagnose --train-error 1% --dev-error 2% --dev-size many", 2, [], ["--dev-size", "integer"]),
    ("diagnose --train-error 1% --dev-error 2% --plot", 2, [], ["Error: --plot needs a run"]),
    ("diagnose --train-error 1% --dev-error 2% --task ranking", 2, [], ["--task", "regression"]),
    ("evaluate --data absent.csv", 2, [], ["Error:", "absent.csv"]),
    ("gradcheck small.yaml --epsilon 0", 2, [], ["Error: --epsilon must be above 0"]),
    ("gradcheck small.yaml --epsilon nan", 2, [], ["Error: --epsilon must be above 0"]),
    ("gradcheck small.yaml --method slow", 2, [], ["--method", "naive"]),
    ("gradcheck small.yaml --after-epochs -1", 2, [], ["--after-epochs"]),
    ("gradcheck small.yaml --examples 0", 2, [], ["--examples"]),
    ("report 7", 2, [], ["Error: There is no run '7'"]),
    ("report --runs nowhere", 2, [], ["Error: There is no finished run", "nowhere"]),
    ("report --out nowhere/a.html", 2, [], ["Error: The report cannot be written to nowhere/a.html"]),
    ("report 1 1", 2, [], ["Error:", "Named twice: runs/small-0001"]),
    ("runs compare", 2, [], ["Error: A comparison needs two runs or more. Got 1"]),
    ("runs compare 1 7", 2, [], ["Error: There is no run '7'"]),
    ("init", 0, ["config.yaml", "dlrecipe train config.yaml"], []),
    ("init small.yaml", 2, [], ["Error: small.yaml is there already", "--force"]),
    ("init a.yaml --data absent.csv", 2, [], ["Error: absent.csv"]),
    ("init a.yaml --data house.csv --target rent", 2, [], ["Error: house.csv", "rent"]),
    ("init nowhere/a.yaml", 2, [], ["Error: nowhere/a.yaml cannot be written"]),
]


@pytest.mark.parametrize(("line", "status", "out", "err"), ENDINGS, ids=[line for line, *_ in ENDINGS])
def test_the_command_ends_as_it_should(cli, line, status, out, err):
    ending = cli(line)
    assert ending.status == status, ending
    assert [word for word in out if word not in ending.out] == [], ending
    assert [word for word in err if word not in ending.err] == [], ending
    assert "Traceback" not in ending.err
    if status == 2:
        assert ending.out == ""


def test_a_run_without_a_test_part_says_what_to_do(cli):
    cli("train own-dev.yaml --runs own")
    ending = cli("evaluate --runs own")
    assert (ending.status, ending.out) == (2, "")
    assert "--data FILE" in ending.err


def test_suggestions_can_be_pasted_and_keep_what_the_user_set(cli):
    found = cli("train ./small.yaml -S training.epochs=2 --runs 'my runs' --json").json
    commands = [item["command"] for item in found["diagnosis"]["suggestions"] if item["command"]]
    assert commands
    for command in commands:
        assert command.startswith("dlrecipe train ./small.yaml --runs 'my runs' -S ")
        assert command.count("training.epochs=") == 1
        assert cli(command.removeprefix("dlrecipe ") + " -S training.epochs=1 --json").status == 0


def test_a_plot_goes_into_the_runs_folder_or_where_it_should(cli, here):
    pytest.importorskip("matplotlib")
    ending = cli("diagnose --plot --json")
    assert ending.status == 0
    assert ending.json["verdict"] == "high bias"
    picture = here / "runs" / "small-0001" / "learning-curve.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "learning-curve.png" in ending.err
    assert cli("diagnose --plot-file curve.svg").status == 0
    assert "<svg" in (here / "curve.svg").read_text()


def test_two_runs_are_compared_and_shown_side_by_side(cli, here):
    cli("train small.yaml -S network.layers=[32] -S training.epochs=30")
    ending = cli("runs compare 1 2")
    assert ending.status == 0
    assert "small-0002 is better than small-0001" in ending.out
    assert "mid-p McNemar" in ending.out
    assert cli("report 1 2").out == "Report: runs/report.html\n"
    assert "<article" in (here / "runs" / "report.html").read_text(encoding="utf-8")


def test_a_report_is_opened_on_demand(cli, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: not opened.append(address))
    assert cli("report --open").err == ""
    assert opened[0].startswith("file:///")
    assert opened[0].endswith("/runs/small-0001/report.html")
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    ending = cli("report --open --json")
    assert (ending.status, ending.json["report"]) == (0, "runs/small-0001/report.html")
    assert "No browser" in ending.err
