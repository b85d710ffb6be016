"""What only a process of its own can show: start-up, pipes, signals."""

import csv
import json
import os
import shlex
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = [sys.executable, "-m", "dlrecipe"]
ENDLESS = [
    *("-S", "training.epochs=1000000"),
    *("-S", "training.patience=null"),
    *("-S", "data.source=breast-cancer"),
]
HEAVY = {"numpy", "polars", "yaml", "matplotlib", "rich.progress", "dlrecipe.experiments", "dlrecipe.report"}


def _modules_of(code, **environment):
    """Return the modules that are there after `code`, run by a new interpreter."""
    report = f"import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", report],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout, set(done.stderr.split())


def test_help_imports_nothing_heavy():
    code = "import sys; sys.argv = ['dlrecipe', '--help']; from dlrecipe.__main__ import main; main()"
    out, modules = _modules_of(code)
    assert "Usage: dlrecipe" in out
    assert modules & (HEAVY | {"pydantic", "rich"}) == set()


@pytest.mark.usefixtures("here")
def test_completion_imports_nothing_heavy():
    code = "import sys; sys.argv = ['dlrecipe']; from dlrecipe.__main__ import main; main()"
    words = {"_DLRECIPE_COMPLETE": "complete_bash", "COMP_WORDS": "dlrecipe diagnose sm", "COMP_CWORD": "2"}
    out, modules = _modules_of(code, **words)
    assert out.split() == ["small-0001"]
    assert modules & HEAVY == set()


def test_importing_the_package_imports_nothing():
    _, modules = _modules_of("import dlrecipe")
    assert {name for name in modules if name.startswith("dlrecipe")} == {"dlrecipe"}
    assert modules & (HEAVY | {"pydantic", "typer"}) == set()


def _unread(line):
    """Return the status and the stderr of a command whose stdout is closed at the other end."""
    command = [*PROGRAM, *shlex.split(line)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        err = process.stderr.read()
    return process.returncode, err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", ["schema", "runs list", "diagnose", "diagnose --json", "--help"])
def test_a_reader_that_leaves_is_no_error(line):
    assert _unread(line) == (0, "")


@pytest.mark.usefixtures("here")
def test_the_answer_is_no_also_where_nobody_reads_it():
    assert _unread("diagnose --fail-on bias")[0] == 1


def _until(condition, process):
    for _ in range(600):
        if condition():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    pytest.fail("nothing happened for 30 seconds")


@pytest.fixture
def training(here):
    """A training without an end, after its first checkpoint."""
    command = [*PROGRAM, "train", "small.yaml", *ENDLESS, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until((here / "runs" / "small-0002" / "checkpoint.npz").exists, process)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_a_signal_ends_a_training_after_saving(training, number, status):
    training.send_signal(number)
    out, err = training.communicate(timeout=30)
    assert training.returncode == status
    assert json.loads(out)["stopped"] == "interrupted"
    assert "dlrecipe resume small-0002" in err
    assert "Traceback" not in err


def test_an_interrupted_training_is_resumed_to_its_end(training, here, cli):
    training.send_signal(signal.SIGTERM)
    training.communicate(timeout=30)
    assert cli("runs --json").json["runs"][1]["status"] == "interrupted"
    done = _last_epoch(here)
    ending = cli(f"resume -S training.epochs={done + 2} --json")
    assert ending.status == 0
    assert (ending.json["stopped"], ending.json["epochs"]) == ("epochs", done + 2)
    assert _last_epoch(here) == done + 2
    assert cli("resume small-0002 --json").json == ending.json


@pytest.mark.usefixtures("training")
def test_a_run_that_is_being_trained_cannot_be_resumed(cli):
    assert cli("runs --json").json["runs"][1]["status"] == "running"
    ending = cli("resume small-0002")
    assert ending.status == 2
    assert "another process" in ending.err


def _last_epoch(here):
    with (here / "runs" / "small-0002" / "history.csv").open() as file:
        return int(list(csv.DictReader(file))[-1]["epoch"])
