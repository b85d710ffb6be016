"""What whole processes cost: start-up, and reading a large CSV file with its peak of memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.rows import Row
from benchmarks.timing import Cost, interleaved

if TYPE_CHECKING:
    from benchmarks.timing import Contender

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""A user's Python keeps the bytecode of what it imported."""
PROGRAM = f"{Path(sys.executable).parent}/dlrecipe"


def startup(*, quick: bool) -> Iterator[Row]:
    """Processor time of whole processes, in units of `python -c pass`."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "dlrecipe --help": [PROGRAM, "--help"],
            "dlrecipe train smoke.yaml": [PROGRAM, "train", f"{ROOT}/configs/smoke.yaml", "--runs", folder],
            "import typer": [sys.executable, "-c", "import typer"],
            "import numpy": [sys.executable, "-c", "import numpy"],
            "import pydantic": [sys.executable, "-c", "import pydantic"],
            "import sklearn.neural_network": [sys.executable, "-c", "import sklearn.neural_network"],
        }
        contenders: dict[str, Contender] = {
            name: lambda command=command: _process(command)[0] for name, command in commands.items()
        }
        measured = interleaved(contenders, 3 if quick else 9)
    goals = {"dlrecipe --help": 12.0, "dlrecipe train smoke.yaml": 30.0}
    unit = measured.pop("python -c pass").cpu
    for name, cost in measured.items():
        yield Row(
            "start-up, CPU time", name, "python -c pass", cost.cpu / unit, goals.get(name), at_most=True
        )
    mine, peer = measured["dlrecipe train smoke.yaml"], measured["import sklearn.neural_network"]
    yield Row(
        "start-up, CPU time", "dlrecipe train smoke.yaml", "import sklearn's MLP", peer.cpu / mine.cpu, 2.0
    )


def loading(*, quick: bool) -> Iterator[Row]:
    """A CSV file of numbers: 31 columns, a million rows (quick: 100,000)."""
    count = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "large.csv")
        _write_csv(file, count)
        read = {
            "dlrecipe": (
                "import numpy as np; from dlrecipe import data; "
                f"data.load(data.Plan(source={str(file)!r}, task='classification'), np.random.default_rng(0))"
            ),
            "pandas": f"import pandas; pandas.read_csv({str(file)!r})",
            "numpy.loadtxt": f"import numpy; numpy.loadtxt({str(file)!r}, delimiter=',', skiprows=1)",
        }
        peaks: dict[str, float] = {}

        def run(name: str) -> Cost:
            cost, peaks[name] = _process([sys.executable, "-c", read[name]])
            return cost

        contenders: dict[str, Contender] = {name: lambda name=name: run(name) for name in read}
        measured = interleaved(contenders, 3)
        size = file.stat().st_size
    mine = measured["dlrecipe"]
    for name, goal in (("numpy.loadtxt", 4.0), ("pandas", 1.6)):
        yield Row(
            "reading a CSV file, CPU time", f"{count:,} × 31", name, measured[name].cpu / mine.cpu, goal
        )
    yield Row(
        "reading a CSV file, peak memory",
        f"{count:,} × 31",
        "the file's size",
        peaks["dlrecipe"] / size,
        1.8,
        at_most=True,
    )


def _write_csv(file: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    names = ",".join([*(f"x{i}" for i in range(30)), "label"])
    with file.open("w") as out:
        out.write(names + "\n")
        for _ in range(0, count, 10_000):
            block = np.column_stack([rng.standard_normal((10_000, 30)), rng.integers(0, 2, 10_000)])
            np.savetxt(out, block, "%.6g", ",")


def _process(command: list[str]) -> tuple[Cost, float]:
    """The cost of a child process, and its peak of resident memory in bytes."""
    child = subprocess.Popen(  # noqa: S603  # our own commands
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_utime + usage.ru_stime), usage.ru_maxrss * 1024
