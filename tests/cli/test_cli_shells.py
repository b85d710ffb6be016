"""Tab in the shells themselves, with the scripts that `--show-completion` prints."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds within which a busy machine answers a Tab."""

CASES = {
    "dlrecipe exp": "export",
    "dlrecipe train m": "mine.yaml",
    "dlrecipe train conf": "configs/deep.yaml",
    "dlrecipe diagnose ": "digits-0001",
    "dlrecipe diagnose --runs elsewhere ": "other-0007",
    "dlrecipe runs compare --runs elsewhere ": "other-0007",
    "dlrecipe diagnose --runs=elsewhere ": "other-0007",
    "dlrecipe train -S seed=1 m": "mine.yaml",
    "dlrecipe train mine.yaml --fail-on mis": "mismatch",
}
"""What is typed before Tab -> what is offered."""

STARTS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
PREPARED = {
    "bash": "source ../script",
    "zsh": "autoload -Uz compinit && compinit -u -D && source ../script",
}


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Write the script for a shell, beside a folder to type in, which becomes the working directory."""
    for name in ("work/mine.yaml", "work/configs/deep.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("runs/digits-0001", "elsewhere/other-0007"):
        (tmp_path / "work" / name).mkdir(parents=True)
        (tmp_path / "work" / name / "config.yaml").touch()
    program = tmp_path / "bin/dlrecipe"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m dlrecipe "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path / "work")

    def written(shell):
        if shutil.which(shell) is None:
            pytest.skip(f"{shell} is not installed")
        wanted = {**os.environ, "_DLRECIPE_COMPLETE": f"source_{shell}"}
        text = subprocess.run([program], env=wanted, capture_output=True, text=True, check=True).stdout
        (tmp_path / "script").write_text(text)

    return written


@contextmanager
def terminal(command):
    """Start a program in a terminal of its own."""
    outer, inner = pty.openpty()
    with subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, start_new_session=True) as child:
        os.close(inner)
        try:
            yield outer
        finally:
            child.kill()
            os.close(outer)


def wait_for(screen, expected):
    """Read from a terminal until it shows a text, and return all that was read."""
    shown, end = b"", time.monotonic() + PATIENCE
    while expected.encode() not in shown and time.monotonic() < end:
        if select.select([screen], [], [], 1)[0]:
            shown += os.read(screen, 4096)
    return shown.decode(errors="replace")


@pytest.mark.parametrize("shell", STARTS)
def test_tab_completes(script, shell):
    script(shell)
    with terminal(STARTS[shell]) as screen:
        os.write(screen, f"{PREPARED[shell]} && echo re''ady\n".encode())
        assert "ready" in wait_for(screen, "ready")
        for typed, offered in CASES.items():
            os.write(screen, f"{typed}\t".encode())
            assert offered in wait_for(screen, offered), typed
            os.write(screen, b"\x15")  # Ctrl-U empties the line


def test_fish_completes(script):
    script("fish")
    for typed, offered in CASES.items():
        command = ["fish", "--no-config", "--command", f"source ../script; complete --do-complete '{typed}'"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert [line.split("\t")[0] for line in done.stdout.splitlines()] == [offered], typed
