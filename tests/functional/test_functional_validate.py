"""Configs validated from the command line, and by pre-commit as a hook."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
PRE_COMMIT = shutil.which("pre-commit")
GIT = shutil.which("git")
needs_pre_commit = pytest.mark.skipif(not (PRE_COMMIT and GIT), reason="pip install pre-commit")


def test_valid_configs_are_told_and_no_data_are_read(cli):
    ending = cli("validate small.yaml absent.yaml --json")
    assert (ending.status, ending.json) == (0, {"schema": 1, "configs": ["small.yaml", "absent.yaml"]})
    assert cli("validate small.yaml").out == "small.yaml: valid\n"


def test_every_problem_of_every_file_is_told_with_its_line(cli):
    ending = cli("validate wrong.yaml small.yaml broken.yaml nowhere.yaml")
    assert (ending.status, ending.out) == (2, "")
    told = ending.err.splitlines()
    assert [line.split(" ")[1] for line in told[:2]] == ["wrong.yaml:5:", "wrong.yaml:7:"]
    assert any("broken.yaml:" in line for line in told)
    assert any("nowhere.yaml" in line for line in told)
    assert "small.yaml" not in ending.err


def test_a_refusal_is_json_where_that_is_asked_for(cli):
    ending = cli("validate wrong.yaml --json")
    assert (ending.status, ending.json["error"]["kind"]) == (2, "config")
    assert len(ending.json["error"]["messages"]) == 2


def _pre_commit(folder, *arguments):
    return subprocess.run([PRE_COMMIT, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@needs_pre_commit
def test_the_hooks_file_is_one():
    done = _pre_commit(HOOKS.parent, "validate-manifest", str(HOOKS))
    assert done.returncode == 0, done.stdout + done.stderr


@needs_pre_commit
def test_the_hook_stops_a_wrong_config_and_lets_right_ones_pass(here, monkeypatch):
    """The hook as it stands, but for the environment, which would be built from this repository."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(here.parent / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(HOOKS.parent))
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program = hook["entry"].replace("dlrecipe", f"{sys.executable} -m dlrecipe", 1)
    local = {"repo": "local", "hooks": [{**hook, "language": "system", "entry": program}]}
    (here / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}))
    subprocess.run([GIT, "init", "--quiet"], cwd=here, check=True)
    (here / "configs").mkdir()
    for name in ("small.yaml", "good.yaml"):
        shutil.copy(here / name, here / "configs" / name)
    subprocess.run([GIT, "add", "."], cwd=here, check=True)
    done = _pre_commit(here, "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    shutil.copy(here / "wrong.yaml", here / "configs" / "wrong.yaml")
    subprocess.run([GIT, "add", "."], cwd=here, check=True)
    done = _pre_commit(here, "run", "--all-files")
    assert done.returncode == 1
    assert "configs/wrong.yaml:5: network.keep_prob" in done.stdout
