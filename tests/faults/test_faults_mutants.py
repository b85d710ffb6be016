"""Whether the tests of the gradients can fail: each mutant of the gradient code must make one of them."""

import shutil
import subprocess
import sys

import pytest
from gradient_mutants import ROOT, mutants

MUTANTS = list(mutants())
TESTS = (
    *("tests/training/test_training_fast_path.py", "tests/training/test_training_edges.py"),
    *("tests/training/test_training_weighted.py", "tests/gradcheck/test_gradcheck_weighted.py"),
    *("tests/nn", "tests/gradcheck/test_gradcheck_network.py"),
)

QUICK = ("-k", "not pytorch")  # whose import takes as long as all the others


@pytest.mark.parametrize("every", [90, pytest.param(1, marks=pytest.mark.slow)])
def test_every_mutant_is_caught(tmp_path, figure, every):
    for folder in ("dlrecipe", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-m",
        "not slow",
        *QUICK,
        *TESTS,
    ]
    tried, survivors = MUTANTS[::every], []
    for mutant in tried:
        (tmp_path / mutant.file).write_text(mutant.source)
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1, 2), done.stdout + done.stderr
        if done.returncode == 0:
            survivors.append(str(mutant))
        shutil.copy(ROOT / mutant.file, tmp_path / mutant.file)
    figure("mutants of the gradient code", f"{len(tried) - len(survivors)} of {len(tried)} caught")
    assert survivors == []
