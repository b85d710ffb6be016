"""`sweep` from the shell: on processes and on a real Dask cluster, stopped, killed and resumed."""

import json
import shlex
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from dlrecipe import load_config, train
from dlrecipe.runs import RunFolder, read_history, read_origin
from dlrecipe.runs.folders import folders
from dlrecipe.runs.lock import is_locked

PROGRAM = [sys.executable, "-m", "dlrecipe"]
TRIAL = {"patch", "run", "status", "dev_error"}
SWEEP = "data: {source: digits}\nnetwork: {layers: [8]}\ntraining: {epochs: 2}\n"
SWEEP += "sweep: {space: {training.lambda: [0, 1], network.layers: [[4], [8]]}}\n"
EPOCHS = 800
LONG = f"-S training.epochs={EPOCHS} -S training.patience=null"


@pytest.fixture
def searched(here):
    (here / "searched.yaml").write_text(SWEEP)
    return here


@pytest.mark.usefixtures("searched")
def test_the_json_has_what_the_contract_names(cli):
    found = cli("sweep searched.yaml --json").json
    assert found["schema"] == 1
    assert [set(trial) >= TRIAL for trial in found["trials"]] == [True] * 4
    assert found["trials"][1]["patch"] == {"training.lambda": 0, "network.layers": [8]}
    assert cli(f"diagnose {found['best']}").status == 0
    assert cli(f"train {found['best_config']} --json").json["dev"]["error"] == found["dev_error"]
    assert cli(f"resume {found['study']} --json").json == found


@pytest.mark.usefixtures("searched")
def test_the_screen_has_the_best_first_and_the_next_command(cli):
    ending = cli("sweep searched.yaml")
    assert ending.status == 0
    rows = [line for line in ending.out.splitlines() if "training.lambda:" in line and "%" in line]
    errors = [float(row.split()[1]) for row in rows]
    assert errors == sorted(errors)
    assert len(rows) == 4
    assert "It is the best of 4 on one dev set" in ending.out
    command = ending.out.splitlines()[-1].removeprefix("Next: dlrecipe ")
    assert cli(command).status == 0


@pytest.mark.usefixtures("searched")
def test_train_passes_the_section_over_with_a_note(cli):
    ending = cli("train searched.yaml --json")
    assert ending.status == 0
    assert "dlrecipe sweep searched.yaml" in ending.err
    assert "sweep" not in (Path(ending.json["run"]) / "config.yaml").read_text()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sweep small.yaml", "no sweep section"),
        ("sweep searched.yaml -S sweep.space={}", "at least one key"),
        ("sweep searched.yaml -S sweep.space.training.lamda=[1]", "Did you mean training.lambda?"),
        ("sweep searched.yaml -S sweep.space.training.lambda=[-1]", "must be at least 0. Got -1."),
        ("sweep searched.yaml --workers 2 --dask tcp://127.0.0.1:1", "its workers train"),
        ("sweep searched.yaml -S data.source=absent.csv", "absent.csv"),
        ("resume small-0001 --workers 2", "a single training"),
    ],
)
def test_a_bad_request_is_refused_and_leaves_no_folder(searched, cli, line, words):
    ending = cli(line)
    assert (ending.status, ending.out) == (2, "")
    assert words in ending.err
    assert not list((searched / "runs").glob("*-sweep-*"))


@pytest.mark.usefixtures("searched")
def test_where_all_fail_the_answer_is_no(cli):
    ending = cli("sweep searched.yaml --json -S training.optimizer=gd -S training.learning_rate=1e6")
    assert ending.status == 1
    assert ending.json["best"] is None
    assert {trial["status"] for trial in ending.json["trials"]} == {"failed"}


@contextmanager
def started(line):
    with subprocess.Popen(
        [*PROGRAM, *shlex.split(line)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(holds, process=None):
    end = time.monotonic() + 60
    while not holds():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def runs_of(here, pattern):
    return sorted((here / "runs").glob(pattern))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_a_stopped_sweep_says_how_to_go_on(searched, cli, number):
    with started(f"sweep searched.yaml --workers 2 --json {LONG}") as process:
        wait_until(lambda: runs_of(searched, "searched-*/result.json"), process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number]
    assert "Go on with: dlrecipe resume searched-sweep-0002" in err
    assert "Traceback" not in err
    cut = json.loads(out)
    assert cut["stopped"] == "interrupted"
    ended = cli("resume --json")
    assert ended.status == 0
    assert len(ended.json["trials"]) == 4
    assert ended.json["trials"][: len(cut["trials"])] == cut["trials"]
    assert_each_trained_once(searched, ended.json)


@pytest.mark.slow
def test_a_killed_sweep_goes_on_and_repeats_nothing(searched, cli):
    with started(f"sweep searched.yaml --workers 2 {LONG}") as process:
        wait_until(lambda: runs_of(searched, "searched-*/result.json"), process)
        wait_until(lambda: len(runs_of(searched, "searched-*/checkpoint.npz")) > 2, process)
        process.kill()
        process.wait()
    wait_until(lambda: not any(is_locked(folder.lock) for folder in folders(searched / "runs")))
    before = {path: path.stat().st_mtime_ns for path in runs_of(searched, "searched-*/result.json")}
    ended = cli("resume --json")
    assert ended.status == 0
    assert all(path.stat().st_mtime_ns == when for path, when in before.items())
    assert_each_trained_once(searched, ended.json)


def assert_each_trained_once(here, found):
    """Every trial has one run, with the history of a training that nothing interrupted."""
    ours = [folder for folder in folders(here / "runs") if read_origin(folder)]
    assert len(ours) == len(found["trials"])
    for trial in found["trials"]:
        assert trial["status"] == "finished"
        settings = {"training.epochs": EPOCHS, "training.patience": None, "training.threads": 1}
        alone = train(load_config(here / "searched.yaml", settings | trial["patch"]), here / "alone")
        history = read_history(RunFolder(Path(trial["run"])).history)
        assert [(row.epoch, *row[2:]) for row in history] == [(row.epoch, *row[2:]) for row in alone.history]


@contextmanager
def cluster(folder):
    """A scheduler and two workers on the loopback device, as their commands start them."""
    where = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    command = [*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", where]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny"]
    worker += ["--no-dashboard", "--scheduler-file", where]
    processes = [subprocess.Popen(command, **quiet)]
    try:
        wait_until(where.exists)
        processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        yield json.loads(where.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_killed_worker_of_a_cluster_loses_nothing(searched):
    pytest.importorskip("distributed")
    elsewhere = searched / "elsewhere"
    elsewhere.mkdir()
    with (
        cluster(elsewhere) as (address, workers),
        started(f"sweep searched.yaml --dask {address} --json {LONG}") as process,
    ):
        wait_until(lambda: len(runs_of(searched, "searched-*/checkpoint.npz")) >= 2, process)
        assert not runs_of(searched, "searched-*/result.json")  # each worker is in the middle of one
        workers[0].kill()
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert_each_trained_once(searched, json.loads(out))


@pytest.mark.slow
def test_a_cluster_that_is_left_or_lost_can_be_gone_on_with(searched, cli):
    pytest.importorskip("distributed")
    elsewhere = searched / "elsewhere"
    elsewhere.mkdir()

    def begun(line):
        """Start it, and return once it has trained; whatever was there before does not count."""
        before = set(runs_of(searched, "searched-*/checkpoint.npz"))
        process = subprocess.Popen(
            [*PROGRAM, *shlex.split(line)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        wait_until(lambda: set(runs_of(searched, "searched-*/checkpoint.npz")) - before, process)
        return process

    with cluster(elsewhere) as (address, _):
        process = begun(f"sweep searched.yaml --dask {address} --json {LONG}")
        process.send_signal(signal.SIGINT)
        assert "Go on with: dlrecipe resume" in process.communicate(timeout=60)[1]
        assert process.returncode == 130
        again = begun("resume --json")  # waits for what the workers still train
    out, err = again.communicate(timeout=60)  # the scheduler is gone
    assert again.returncode == 2
    assert "went away" in err + out
    assert "Traceback" not in err
    ended = cli("resume --workers 1 --json")
    assert ended.status == 0
    assert_each_trained_once(searched, ended.json)


def test_a_scheduler_that_is_not_there_is_refused(searched, cli):
    pytest.importorskip("distributed")
    ending = cli("sweep searched.yaml --dask nonsense://x")
    assert ending.status == 2
    assert "--dask nonsense://x: no scheduler answers there" in ending.err
    assert not runs_of(searched, "*-sweep-*")
