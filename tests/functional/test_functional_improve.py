"""`improve` from the shell: interrupted, resumed, and read by programs."""

import json
import shlex
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = [sys.executable, "-m", "dlrecipe"]
LONG = "improve small.yaml --trainings 3 -S training.epochs=100000 -S training.patience=null"
STEP = {"suggestion", "patch", "run", "train_error", "dev_error", "kept"}


def test_the_json_has_what_the_contract_names(cli):
    found = cli("improve small.yaml --trainings 3 --json").json
    assert found["schema"] == 1
    assert found["trainings"] == 3
    assert len(found["steps"]) == 2
    assert all(step.keys() >= STEP for step in found["steps"])
    trained = cli(f"train {found['best_config']} --json").json
    assert trained["dev"]["error"] == found["dev_error"]
    assert cli(f"resume {found['study']} --json").json == found
    assert cli(f"diagnose {found['best']}").status == 0


def stopped_in(here, line, number, wait_for):
    """Start a command, send it a signal once a file is there, and return how it ended."""
    command = [*PROGRAM, *shlex.split(line)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 60
        while not list((here / "runs").glob(wait_for)):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_in_the_first_training_says_how_to_go_on(here, cli, number):
    status, out, err = stopped_in(here, LONG, number, "small-0003/checkpoint.npz")
    assert (status, out) == ({signal.SIGINT: 130, signal.SIGTERM: 143}[number], "")
    assert err.strip().endswith("Go on with: dlrecipe resume small-improve-0002")
    assert "Traceback" not in err
    origin = json.loads((here / "runs/small-0003/origin.json").read_text())
    assert origin["study"] == "small-improve-0002"
    assert cli("resume small-0003 -S training.epochs=3").status == 2  # it is the study that goes on


def test_an_interrupt_later_shows_what_there_is(here, cli):
    line = "improve small.yaml --trainings 12 --workers 2 --json"
    status, out, err = stopped_in(here, line, signal.SIGINT, "small-0004")
    assert status == 130
    assert "dlrecipe resume small-improve-0002" in err
    cut = json.loads(out)
    assert cut["stopped"] == "interrupted"
    ending = cli("resume --json")  # the newest unfinished is the study, not one of its trainings
    assert ending.status == 0
    assert ending.json["trainings"] == 12
    assert ending.json["steps"][: len(cut["steps"])] == cut["steps"]
    assert cli("resume").status == 2
