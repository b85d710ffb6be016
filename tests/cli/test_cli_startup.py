"""What help does not wait for, whichever command it is of."""

import json
import os
import subprocess
import sys

import pytest
from typer.main import get_command

from dlrecipe.cli.app import app

HEAVY = (
    *("numpy", "polars", "yaml", "rich", "matplotlib", "jinja2", "numba", "scipy", "sklearn"),
    *("mlflow", "onnx", "onnxruntime", "safetensors", "distributed", "dask", "optuna", "torch"),
    *("dlrecipe.results", "dlrecipe.config", "dlrecipe.experiments", "dlrecipe.report"),
)


def imported(lines, *more):
    """What is heavy among the modules that these command lines, one after the other, import."""
    code = (
        "import json, sys; from dlrecipe.cli.app import run\n"
        f"for line in {lines!r}: assert run(line) == 0, line\n"
        f"json.dump([name for name in {(*HEAVY, *more)!r} if name in sys.modules], sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stderr)


def test_the_first_help_does_not_import_pydantic_either():
    """As Typer does for what a command is given."""
    assert imported([["--help"]], "pydantic") == []


def test_no_help_imports_what_only_the_work_needs():
    assert imported([["--help"], *([name, "--help"] for name in get_command(app).commands)]) == []


@pytest.mark.parametrize("line", [["--version"], ["runs", "list", "--help"], ["runs", "compare", "-h"]])
def test_nor_do_questions_about_the_program(line):
    assert imported([line]) == []


def test_work_is_noticed():
    assert {"numpy", "pydantic", "dlrecipe.config"} <= set(imported([["schema"], ["init", "-"]], "pydantic"))


WAITING = "OPENBLAS_THREAD_TIMEOUT"


@pytest.mark.parametrize(("given", "used"), [({}, "20"), ({WAITING: "26"}, "26")])
def test_what_makes_libraries_start_quickly_can_be_overruled(given, used):
    code = (
        "import atexit, json, os, sys; from dlrecipe.__main__ import main; sys.argv[1:] = ['schema']\n"
        f"atexit.register(lambda: json.dump(os.environ[{WAITING!r}], sys.stderr)); main()"
    )
    others = {name: value for name, value in os.environ.items() if name != WAITING}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=others | given
    )
    assert json.loads(done.stderr) == used


def test_no_plugins_of_pydantic_are_looked_for():
    """Which would read the metadata of every installed package."""
    code = (
        "import atexit, sys; from dlrecipe.__main__ import main; sys.argv[1:] = ['schema']\n"
        "def looked_for(): from pydantic.plugin import _loader; print(_loader._plugins, file=sys.stderr)\n"
        "atexit.register(looked_for); main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "None"
