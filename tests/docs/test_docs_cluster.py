"""The cluster page's commands, on a scheduler and workers of their own on the loopback device."""

import json
import os
import signal
import socket
import subprocess
from contextlib import contextmanager

import pytest
from docs_pages import BASH, DOCS, blocks, environment, run

pytestmark = pytest.mark.slow
pytest.importorskip("distributed")

SHOWN = "tcp://scheduler:8786"


def lines(page, language):
    text = (DOCS / page).read_text(encoding="utf-8")
    return [line for block in blocks(text) if block.language == language for line in block.body.splitlines()]


@contextmanager
def started(command, folder):
    """A program that runs until it is left, with all the processes that it starts."""
    with (folder / "cluster.log").open("a") as log:
        process = subprocess.Popen(
            [*BASH, f"exec {command}"],
            cwd=folder,
            env=environment(folder),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answer(command, folder):
    status, printed = run(command, folder)
    assert status == 0, f"{command}\n{printed}\n{(folder / 'cluster.log').read_text()}"
    return printed


def trials(printed):
    return [(trial["patch"], trial["dev_error"]) for trial in json.loads(printed)["trials"]]


def test_the_pages_cluster_finds_what_local_processes_find(tmp_path):
    install, scheduler, worker, sweep = lines("how-to/cluster.md", "sh")
    assert install == 'python -m pip install "dlrecipe[dask]"'
    text = (DOCS / "how-to/sweeps.md").read_text(encoding="utf-8")
    (config,) = [block.body for block in blocks(text) if block.title == "sweep.yaml"]
    (tmp_path / "sweep.yaml").write_text(config)
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with (
        started(f"{scheduler.replace('8786', str(port))} --host 127.0.0.1 --no-dashboard", tmp_path),
        started(f"{worker.replace(SHOWN, address)} --no-dashboard", tmp_path),
    ):
        waiting = f"from distributed import Client; Client('{address}').wait_for_workers(4, timeout=120)"
        answer(f'python -c "{waiting}"', tmp_path)
        shared = answer(sweep.replace(SHOWN, address), tmp_path)
    (study,) = (tmp_path / "runs").glob("sweep-sweep-*")
    found = answer(f"dlrecipe resume {study.name} --json", tmp_path)
    alone = answer(f"{sweep.removesuffix(f' --dask {SHOWN}')} --runs alone --json", tmp_path)
    assert trials(found) == trials(alone)
    assert "It is the best of 6 on one dev set" in shared
