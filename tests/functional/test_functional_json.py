"""With `--json`, stdout is one JSON object with the promised keys and nothing else."""

import json

import pytest

import dlrecipe

GAP = {"level", "gap", "judged", "interval", "confidence", "certain"}
DIAGNOSIS = {
    "schema",
    "verdict",
    "bias",
    "variance",
    "mismatch",
    "human_error",
    "human_error_given",
    "tolerance",
    "share",
    "suggestions",
    "notes",
}
TRAINING = {
    "schema",
    "run",
    "epochs",
    "best_epoch",
    "stopped",
    "parameters",
    "seconds",
    "train",
    "dev",
    "train_dev",
    "cost",
    "penalty",
    "diagnosis",
}

SHAPES = [
    ("train small.yaml --json", 0, TRAINING),
    ("train wild.yaml --json", 1, TRAINING),
    ("resume 1 --json", 0, TRAINING),
    ("resume 1 -S training.epochs=4 --json", 0, TRAINING),
    ("diagnose --json", 0, DIAGNOSIS),
    ("diagnose --train-error 1% --dev-error 2% --json", 0, DIAGNOSIS),
    ("diagnose --fail-on bias --json", 1, DIAGNOSIS),
    ("report --json", 0, {"schema", "report", "runs"}),
    ("gradcheck house.yaml --json", 0, {"schema", "passed", "epsilon", "parameters", "checks"}),
    ("evaluate --json", 0, {"schema", "examples", "error", "loss", "interval"}),
    ("runs list --json", 0, {"schema", "runs"}),
    ("runs --json", 0, {"schema", "runs"}),
]

REFUSALS = [
    ("train wrong.yaml --json", "config"),
    ("train absent.yaml --json", "data"),
    ("evaluate 7 --json", "run"),
    ("diagnose --train-error 1% --json", "usage"),
    ("diagnose --plot-file curve.gif --json", "usage"),
    ("train --json", "usage"),
    ("train small.yaml --epochs 3 --json", "usage"),
    ("gradcheck small.yaml --examples 0 --json", "usage"),
    ("tarin --json", "usage"),
]


@pytest.mark.parametrize(("line", "status", "keys"), SHAPES, ids=[line for line, *_ in SHAPES])
def test_the_answer_has_its_keys(cli, line, status, keys):
    ending = cli(line)
    assert ending.status == status
    assert ending.json["schema"] == 1
    assert keys - ending.json.keys() == set()


@pytest.mark.parametrize(("line", "kind"), REFUSALS, ids=[line for line, _ in REFUSALS])
def test_a_refusal_has_its_kind_and_messages(cli, line, kind):
    ending = cli(line)
    assert ending.status == 2
    assert ending.json.keys() == {"schema", "error"}
    assert ending.json["error"]["kind"] == kind
    assert all(isinstance(message, str) for message in ending.json["error"]["messages"])
    assert ending.err == ""


def test_every_problem_of_a_config_is_a_message(cli):
    messages = cli("train wrong.yaml --json").json["error"]["messages"]
    assert [message.partition(" ")[0] for message in messages] == ["wrong.yaml:5:", "wrong.yaml:7:"]


def test_gaps_and_parts_have_theirs(cli):
    found = cli("train small.yaml -S data.train_dev=0.2 --json").json
    assert found["diagnosis"]["bias"].keys() == GAP
    assert found["diagnosis"]["mismatch"].keys() == GAP
    for part in ("train", "dev", "train_dev"):
        assert {"examples", "error", "loss"} <= found[part].keys()


def test_what_train_prints_is_what_the_folder_keeps_and_python_returns(cli, here):
    printed = cli("train small.yaml --json").json
    assert json.loads((here / printed["run"] / "result.json").read_text()) == printed
    assert dlrecipe.resume(printed["run"]).to_dict() == printed


def test_a_check_tells_where_and_of_which_blocks(cli):
    found = cli("gradcheck good.yaml --after-epochs 2 --json").json
    assert [(check["at"], check["epoch"]) for check in found["checks"]] == [
        ("initialization", 0),
        ("after training", 2),
    ]
    assert [block["name"] for block in found["checks"][0]["blocks"]] == ["dW1", "dW2", "db1", "db2"]
    assert all(check["difference"] <= 1e-7 and check["verdict"] == "great" for check in found["checks"])


def test_runs_are_listed_with_status_error_and_verdict(cli):
    cli("train wild.yaml")
    [first, second] = cli("runs --json").json["runs"]
    assert first["run"] == "runs/small-0001"
    assert (first["status"], first["verdict"]) == ("finished", "high bias")
    assert 0 < first["dev_error"] < 1
    assert second["status"] == "diverged"


def test_a_comparison_has_its_runs_and_pairs(cli):
    cli("train small.yaml -S network.layers=[4]")
    found = cli("runs compare 1 2 --json").json
    assert found.keys() == {"schema", "task", "runs", "pairs", "tried", "tests", "seeds", "notes"}
    assert [run["settings"] for run in found["runs"]] == [{"network.layers": [8]}, {"network.layers": [4]}]
    [pair] = found["pairs"]
    assert pair["best"] == found["runs"][0]["run"]
    assert pair["judgement"] in {"better", "no evidence of a difference"}
    assert {"difference", "interval", "test", "p", "p_corrected", "examples_to_tell"} <= pair.keys()


def test_runs_are_listed_with_train_error_and_what_differs(cli):
    cli("train small.yaml -S training.lambda=0.3")
    first, second = cli("runs list --json").json["runs"]
    assert (first["settings"], second["settings"]) == ({"training.lambda": 0.0}, {"training.lambda": 0.3})
    assert 0 < first["train_error"] < 1


def test_an_interruption_before_there_is_a_result_is_told_as_json(cli, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dlrecipe.experiments.fit.start", interrupted)
    ending = cli("train small.yaml --json")
    assert ending.status == 130
    assert ending.json["error"]["kind"] == "interrupted"
    assert "Interrupted." in ending.err
