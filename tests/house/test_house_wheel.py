"""The package as others get it: a wheel in a fresh environment, with nothing but what it asks for."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("build") is None, reason="pip install build"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the source distribution as an index would have both."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (built,) = out.glob("*.whl")
    return built


def test_all_that_the_package_has_is_in_the_wheel(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "dlrecipe").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= packed
    others = {name for name in packed - files if ".dist-info/" not in name}
    assert others == set()
    assert {"dlrecipe/py.typed", "dlrecipe/data/bundled/digits.npz"} <= packed
    assert {
        "dlrecipe/report/html/templates/page.html.j2",
        "dlrecipe/report/html/templates/style.css",
    } <= packed


def test_it_works_without_extras_in_an_environment_of_its_own(wheel, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv/bin"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def call(*words, status=0):
        done = subprocess.run(words, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout + (done.stderr if status else "")

    call(binaries / "python", "-m", "pip", "install", "--quiet", wheel)
    installed = {entry["name"] for entry in json.loads(call(binaries / "pip", "list", "--format", "json"))}
    extras = {
        "matplotlib",
        "numba",
        "scikit-learn",
        "onnx",
        "torch",
        "mlflow-skinny",
        "distributed",
        "pandas",
    }
    assert installed & extras == set()
    program = binaries / "dlrecipe"
    call(program, "init", "mine.yaml")
    call(program, "check", "mine.yaml")
    trained = json.loads(call(program, "train", "mine.yaml", "--json"))
    assert trained["dev"]["error"] < 0.05
    assert json.loads(call(program, "diagnose", "--json"))["verdict"] == trained["diagnosis"]["verdict"]
    call(program, "report")
    assert 'pip install "dlrecipe[export]"' in call(program, "export", "--out", "m.onnx", status=2)
    assert 'pip install "dlrecipe[plot]"' in call(program, "diagnose", "--plot", status=2)
    call(binaries / "python", "-c", "import dlrecipe; dlrecipe.diagnose(train_error=0.1, dev_error=0.2)")
