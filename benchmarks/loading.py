"""Reading a large CSV file of numbers: time, and the peak of memory, of whole processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import goals
from benchmarks.child import measure, python
from benchmarks.rows import Row
from benchmarks.timing import interleaved

if TYPE_CHECKING:
    from benchmarks.timing import Contender, Cost

LARGE, SMALL = 1_000_000, 100_000
BLOCK = 10_000


def rows(*, quick: bool) -> Iterator[Row]:
    """31 columns and a million rows; quick: 100,000, where Python's start is most of it and no goal holds."""
    count = SMALL if quick else LARGE
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "large.csv")
        _write_csv(file, count)
        peaks: dict[str, int] = {}

        def run(name: str, code: str) -> Cost:
            child = measure(*python(code))
            peaks[name] = child.peak
            return child.cost

        contenders: dict[str, Contender] = {
            name: partial(run, name, code) for name, code in _readers(file).items()
        }
        measured = interleaved(contenders, 3 if quick else 7)
        size = file.stat().st_size
    what, mine = f"{count:,} × 31", measured["dlrecipe"]
    for name in ("numpy.loadtxt", "pandas"):
        ratio = measured[name].over(mine)
        yield Row(
            "reading a CSV file, CPU time",
            what,
            name,
            ratio.median,
            None if quick else goals.LOADING[name],
            spread=ratio.spread,
            wall=measured[name].over(mine, "wall").median,
            detail={"ours": mine.to_dict(), "theirs": measured[name].to_dict()},
        )
    for name, peak in peaks.items():
        goal = goals.LOADING_PEAK if name == "dlrecipe" and not quick else None
        yield Row("reading a CSV file, peak memory", name, "the file's size", peak / size, goal, at_most=True)


def _readers(file: Path) -> dict[str, str]:
    plan = f"data.Plan(source={str(file)!r}, task='classification')"
    return {
        "dlrecipe": (
            f"import numpy; from dlrecipe import data; data.load({plan}, numpy.random.default_rng(0))"
        ),
        "pandas": f"import pandas; pandas.read_csv({str(file)!r})",
        "numpy.loadtxt": f"import numpy; numpy.loadtxt({str(file)!r}, delimiter=',', skiprows=1)",
    }


def _write_csv(file: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    names = ",".join([*(f"x{i}" for i in range(30)), "label"])
    with file.open("w") as out:
        out.write(names + "\n")
        for _ in range(0, count, BLOCK):
            block = np.column_stack([rng.standard_normal((BLOCK, 30)), rng.integers(0, 2, BLOCK)])
            np.savetxt(out, block, "%.6g", ",")
