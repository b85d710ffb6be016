"""Every command that README shows is run, and what README prints is what is printed."""

import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest

from dlrecipe.cli.app import run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INLINE = re.findall(r"`(dlrecipe [^`]+)`", README)
SHOWN = re.search(r"```text\n\$ (dlrecipe [^\n]+)\n(.*?)\n```", README, re.DOTALL)
MAY_SAY_NO = ("--fail-on",)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A folder as a reader has it: the examples, a config of their own, a CSV of their own, a run."""
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    shutil.copy(ROOT / "configs/smoke.yaml", tmp_path / "config.yaml")
    rows = "".join(f"{i},{'red' if i % 3 else 'blue'},{3.5 * i + i % 7}\n" for i in range(200))
    (tmp_path / "my.csv").write_text("size,color,price\n" + rows)
    columns = np.load(ROOT / "dlrecipe/data/bundled/breast-cancer.npz")["columns"]
    new = "\n".join([",".join(columns), *([",".join(["1.5"] * len(columns))] * 3)])
    (tmp_path / "new.csv").write_text(new + "\n")
    monkeypatch.chdir(tmp_path)
    assert run(["train", "config.yaml"]) == 0
    return tmp_path


@pytest.mark.parametrize("command", INLINE)
def test_every_command_of_the_readme_runs(workspace, command):
    if command.startswith("dlrecipe init"):
        (workspace / "config.yaml").unlink()
    if command == "dlrecipe runs compare":
        assert run(["train", "config.yaml", "-S", "training.lambda=100"]) == 0
    if command.startswith("dlrecipe export"):
        pytest.importorskip("onnx")
    status = run(shlex.split(command)[1:])
    assert status in ((0, 1) if any(option in command for option in MAY_SAY_NO) else (0,))


def skeleton(screen):
    """The words of a screen without what another processor may round otherwise."""
    lines = [re.sub(r"[^A-Za-z]+", " ", line).strip() for line in screen.splitlines()]
    return [
        line for line in lines if line.startswith(("epoch", "J", "human", "avoidable", "train", "variance"))
    ]


def test_the_screen_in_the_readme_is_the_programs(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(SHOWN[1])[1:]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in skeleton(printed)] == [line.split()[0] for line in skeleton(SHOWN[2])]
    dev_errors = [
        float(re.search(r"^  dev +(\S+) %", screen, re.MULTILINE)[1]) for screen in (printed, SHOWN[2])
    ]
    assert dev_errors[0] == pytest.approx(dev_errors[1], abs=1)
    assert dev_errors[0] < 5


def test_the_main_command_of_the_readme_is_on_its_first_screen():
    first_screen = "\n".join(README.splitlines()[:25])
    assert "python -m pip install -e . && dlrecipe train configs/digits.yaml" in first_screen
    assert 'python -m pip install -e ".[test]" && python -m pytest' in first_screen


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    monkeypatch.chdir(tmp_path)
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(block, {})  # noqa: S102  # the README's own code
