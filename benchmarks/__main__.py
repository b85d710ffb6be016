"""`python -m benchmarks [--quick] [--only TOPIC]`: everything side by side, interleaved, in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import gradients, processes, scaling, training
from benchmarks.picture import draw
from benchmarks.rows import Row, table

TOPICS = {
    "training": training.rows,
    "gradients": gradients.rows,
    "startup": processes.startup,
    "loading": processes.loading,
    "scaling": scaling.rows,
}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure, print the table, and write JSON and a picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under two minutes, fewer repetitions")
    parser.add_argument("--only", choices=TOPICS, action="append", help="one topic (repeatable)")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.only or TOPICS:
        for row in TOPICS[name](quick=options.quick):
            print(f"{row.what} / {row.against}: {row.ratio:.2f}", file=sys.stderr, flush=True)
            rows.append(row)
    print(table(rows))
    RESULTS.mkdir(exist_ok=True)
    document = {"machine": _machine(), "quick": options.quick, "rows": [row.to_dict() for row in rows]}
    (RESULTS / "latest.json").write_text(json.dumps(document, indent=1) + "\n")
    draw(rows, RESULTS / "latest.png")


def _machine() -> dict[str, object]:
    packages = ("dlrecipe", "numpy", "scikit-learn", "torch", "numba", "pandas")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


if __name__ == "__main__":
    main()
