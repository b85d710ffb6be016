"""What tests of several rooms ask: an oracle, and the site of the docs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dlrecipe.language import ENGLISH, speak


@pytest.fixture
def torch_activation():
    """PyTorch's function for one of our activations, by its name; without it a test is skipped."""
    torch = pytest.importorskip("torch")

    def found(name):
        if name == "identity":
            return lambda Z: Z
        function = getattr(torch, name, None) or getattr(torch.nn.functional, name, None)
        return function or pytest.skip(f"PyTorch has no activation of the name {name}")

    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, built with warnings as errors."""
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    root, folder = Path(__file__).parents[1], tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def pytest_addoption(parser):
    parser.addoption("--update-docs", action="store_true", help="write what commands print into docs/")
    parser.addoption("--update-messages", action="store_true", help="write new messages into ko.po")


def pytest_configure():
    """Have the program speak English, whatever the locale of who tests it."""
    os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(autouse=True)
def _english_afterwards():
    """Whichever language a test has spoken."""
    yield
    speak(ENGLISH)
