"""The example for GitHub Actions: its steps, carried out in their order."""

import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from dlrecipe.cli.app import run

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / "docs/github-actions.yml").read_text(encoding="utf-8"))
STEPS = [step["run"] for step in WORKFLOW["jobs"]["train"]["steps"] if "run" in step]
COMMANDS = [shlex.split(line)[1:] for line in STEPS if line.startswith("dlrecipe ")]


@pytest.fixture(autouse=True)
def checkout(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    monkeypatch.chdir(tmp_path)


def test_a_sound_network_passes_and_leaves_its_report():
    assert [run(command) for command in COMMANDS] == [0] * len(COMMANDS)
    assert list(Path("runs").glob("*/report.html"))


def test_an_unsound_one_fails_the_build_and_is_reported_all_the_same():
    spoilt = [
        [*command, "-S", "training.epochs=1"] if command[0] == "train" else command for command in COMMANDS
    ]
    assert [command[0] for command, status in zip(COMMANDS, map(run, spoilt), strict=True) if status] == [
        "train"
    ]
