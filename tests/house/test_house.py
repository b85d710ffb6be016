"""The house rules, kept by tools: style, types, rooms."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "rooms": ["lint-imports"],
}


@pytest.mark.parametrize("rule", TOOLS)
def test_house_rule(rule):
    program, *arguments = TOOLS[rule]
    found = shutil.which(program, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert found, f"{program} is part of the extra `test`"
    done = subprocess.run([found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_oracles_are_there_where_they_are_required():
    if os.environ.get("DLRECIPE_ORACLES") == "required":
        assert find_spec("torch"), "PyTorch's gradients are an oracle; install it before the tests"
        assert find_spec("onnxruntime"), "onnxruntime's answers are an oracle; it is in the extra `export`"
        programs = ("bash", "zsh", "fish", "git", "pre-commit", "yaml-language-server")
        assert [name for name in programs if shutil.which(name) is None] == []


def test_no_large_file_in_the_repository():
    git = shutil.which("git") or "git"
    done = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    listed = done.stdout.split()
    sizes = {name: (ROOT / name).stat().st_size for name in listed if (ROOT / name).is_file()}
    assert not [name for name, size in sizes.items() if size > 2**20]
