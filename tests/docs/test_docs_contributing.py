"""CONTRIBUTING.md's additions, each applied to a copy of the project: they do what the text says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DIFFS = dict(re.findall(r"^## Add an? ([\w ]+)\n.*?```diff\n(.*?)```", TEXT, re.DOTALL | re.MULTILINE))


@pytest.fixture
def project(tmp_path):
    for part in ("dlrecipe", "tests", "configs"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def apply(diff, folder):
    """Put each run of added lines where the lines around it stand."""
    for part in re.split(r"^--- .*\n", diff, flags=re.MULTILINE)[1:]:
        name, _, hunks = part.partition("\n")
        file = folder / name.removeprefix("+++ b/")
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        for hunk in re.split(r"^@@\n", hunks, flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            assert text.count(before) == 1 or not text, f"{file.name} has changed here:\n{before}"
            text = text.replace(before, after) if text else after
        file.write_text(text, encoding="utf-8")


def python(folder, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


def run_tests(folder, name, *places):
    return python(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *places, "-k", name)


def test_an_activation_takes_fewer_than_ten_lines():
    added = [line for line in DIFFS["activation"].splitlines() if re.match(r"\+(?!\+)\s*\S", line)]
    assert len(added) < 10


@pytest.mark.slow
def test_the_tests_pick_an_activation_up_by_themselves(project):
    apply(DIFFS["activation"], project)
    rooms = ("tests/nn", "tests/gradcheck", "tests/training/test_training_fast_path.py")
    found = run_tests(project, "softplus", *rooms)
    assert found.returncode == 0, found.stdout
    assert int(re.search(r"(\d+) passed", found.stdout)[1]) >= 20


@pytest.mark.slow
def test_they_find_a_wrong_slope_of_it(project):
    apply(DIFFS["activation"].replace("-np.expm1(-A)", "np.exp(-A)"), project)
    found = run_tests(project, "softplus", "tests/nn")
    assert found.returncode == 1, found.stdout


def test_gradcheck_knows_it_from_its_row_alone(project):
    for slope, status in {"-np.expm1(-A)": 0, "np.exp(-A)": 1}.items():
        shutil.copy(ROOT / "dlrecipe/nn/activations.py", project / "dlrecipe/nn")
        apply(DIFFS["activation"].replace("-np.expm1(-A)", slope), project)
        config = ("configs/smoke.yaml", "-S", "network.activation=softplus")
        found = python(project, "-m", "dlrecipe", "gradcheck", *config)
        assert found.returncode == status, found.stdout + found.stderr


def test_an_optimiser_is_held_to_its_textbook(project):
    apply(DIFFS["optimiser"], project)
    found = run_tests(
        project,
        "adagrad",
        "tests/training/test_training_fast_path.py",
        "tests/training/test_training_epochs.py",
    )
    assert found.returncode == 0, found.stdout
    config = ("configs/smoke.yaml", "-S", "training.optimizer=adagrad", "-S", "training.learning_rate=0.1")
    found = python(project, "-m", "dlrecipe", "train", *config)
    assert found.returncode == 0, found.stdout + found.stderr


def test_a_file_format_is_read(project):
    apply(DIFFS["format of data files"], project)
    (project / "arrow.yaml").write_text("data: {source: t.arrow, target: y}\nnetwork: {layers: []}\n")
    pl.DataFrame({"x": range(60), "y": [i % 3 > 0 for i in range(60)]}).write_ipc(project / "t.arrow")
    found = python(project, "-m", "dlrecipe", "train", "arrow.yaml")
    assert found.returncode == 0, found.stdout + found.stderr
    (project / "t.arrow").write_bytes(b"ARROW1 and no more")
    found = python(project, "-m", "dlrecipe", "train", "arrow.yaml")
    assert found.returncode == 2
    assert "no readable Arrow file" in found.stderr


def test_a_suggestion_speaks(project):
    apply(DIFFS["suggestion"], project)
    deep = (
        "-S",
        "network.layers=[9, 9, 9, 9]",
        "-S",
        "network.activation=sigmoid",
        "-S",
        "training.epochs=3",
    )
    found = python(project, "-m", "dlrecipe", "train", "configs/digits.yaml", *deep)
    assert "Use relu in the hidden layers" in found.stdout, found.stdout + found.stderr
    found = python(project, "-m", "dlrecipe", "train", "configs/digits.yaml", *deep[:2], *deep[4:])
    assert "Use relu in the hidden layers" not in found.stdout
