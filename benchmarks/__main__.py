"""`python -m benchmarks [--quick] [--only TOPIC]`: everything side by side, interleaved, in one run."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import gradients, loading, memory, scaling, startup, training
from benchmarks.picture import draw
from benchmarks.record import merge, write
from benchmarks.rows import Row, table

if TYPE_CHECKING:
    from collections.abc import Iterator

TOPICS = {
    "training": partial(training.rows, threads=1),
    "threads": partial(training.rows, threads=2),
    "gradients": gradients.rows,
    "startup": startup.rows,
    "loading": loading.rows,
    "scaling": scaling.rows,
    "memory": memory.rows,
}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure, print the table, and write JSON and a picture; each topic is kept when it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under two minutes, fewer repetitions")
    parser.add_argument("--only", choices=TOPICS, action="append", help="one topic (repeatable)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of latest.json and .png")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.only or TOPICS:
        found = list(_told(TOPICS[name](quick=options.quick), quick=options.quick))
        rows += found
        known = merge(options.results / "latest.json", found)
        write(options.results / "latest.json", known)
        draw(known, options.results / "latest.png")
    print(table(rows))


def _told(rows: Iterator[Row], *, quick: bool) -> Iterator[Row]:
    """The rows as they are measured, each told at once."""
    for row in rows:
        print(f"{row.what} / {row.against}: {row.ratio:.2f}", file=sys.stderr, flush=True)
        yield replace(row, quick=quick)


if __name__ == "__main__":
    main()
