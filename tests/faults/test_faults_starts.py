"""Trainings that start at the same moment in one folder."""

import os
import time

from faults_runs import SMALL

import dlrecipe
from dlrecipe.experiments import diagnose_run
from dlrecipe.runs import list_runs

PROCESSES, RUNS = 8, 10


def test_processes_that_start_at_once_make_whole_runs_of_their_own(config, tmp_path, figure):
    loaded = config(SMALL, training__epochs=1)
    runs, start = tmp_path / "runs", time.monotonic() + 0.3
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if child == 0:
            try:
                time.sleep(max(0.0, start - time.monotonic()))
                for _ in range(RUNS):
                    dlrecipe.train(loaded, runs)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * PROCESSES
    found = list_runs(runs)
    numbers = {run.run[-4:] for run in found}
    assert numbers == {f"{number:04d}" for number in range(1, PROCESSES * RUNS + 1)}
    assert {run.status for run in found} == {"finished"}
    for run in found:
        diagnose_run(run.run)
    assert {path.name for path in runs.iterdir() if path.name.startswith(".")} == {".numbers"}
    figure("8 processes starting 10 runs each", f"{len(found)} whole runs, {len(numbers)} numbers")
