"""Being asked to stop, at any moment from the program's first line on."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from faults_runs import SMALL

from dlrecipe.runs import list_runs

STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}
STARTED = "import sys, dlrecipe.__main__ as d; print('up', file=sys.stderr, flush=True); d.main()"


@pytest.mark.parametrize("moments", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_a_signal_at_any_moment_ends_the_program_cleanly(tmp_path, figure, moments):
    (tmp_path / "small.yaml").write_text(SMALL.replace("epochs: 6", "epochs: 100000"))
    rng, saved = random.Random(moments), 0
    for moment in range(moments):
        number = list(STATUS)[moment % 3]
        runs = tmp_path / f"runs-{moment}"
        command = [sys.executable, "-c", STARTED, "train", "small.yaml", "--runs", str(runs), "--json"]
        with subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr.readline() == "up\n"
            time.sleep(rng.uniform(0, 4) ** 2 / 4)  # the first moments are the interesting ones
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
        assert process.returncode == STATUS[number], err
        assert "Traceback" not in err
        if out:  # before the command line is read, nobody knows that JSON is asked for
            answer = json.loads(out)
            assert answer.get("stopped") == "interrupted" or answer["error"]["kind"] == "interrupted"
            saved += "stopped" in answer
        assert {run.status for run in list_runs(runs)} <= {"interrupted"}
    figure("signals at random moments", f"{moments}: all ended with 130 or 143, {saved} with a result")


def test_a_second_signal_stops_at_once(tmp_path):
    """Saving is slow here, so that the second one finds the first one's work."""
    (tmp_path / "small.yaml").write_text(SMALL.replace("epochs: 6", "epochs: 100000"))
    slow = (
        "import time, sys, dlrecipe.experiments.saver as s\n"
        "real = s.write_history\n"
        "def write(*a):\n"
        "    real(*a)\n"
        "    print('saved', file=sys.stderr, flush=True)\n"
        "    time.sleep(60)\n"
        "s.write_history = write\n"
        "import dlrecipe.__main__ as d; d.main()"
    )
    command = [sys.executable, "-c", slow, "train", "small.yaml"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        while "saved" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        while "saved" not in process.stderr.readline():
            assert process.poll() is None
        time.sleep(0.6)
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert "Traceback" not in err
    assert {run.status for run in list_runs(tmp_path / "runs")} == {"interrupted"}


def test_hangups_are_ignored_under_nohup(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL)
    command = [sys.executable, "-c", STARTED, "train", "small.yaml", "--json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # noqa: PLW1509
    ) as process:
        process.stderr.readline()
        time.sleep(0.1)
        os.kill(process.pid, signal.SIGHUP)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(out)["stopped"] == "epochs"
