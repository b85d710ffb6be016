"""`python -m benchmarks.loops [--quick]`: does `dlrecipe improve` beat search at equal trainings and seconds?

Records are kept in `--work`, a file each: an interrupted run goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.loops.contenders import CONTENDERS
from benchmarks.loops.contest import Contest, Job, hold
from benchmarks.loops.scores import Figures, figures
from benchmarks.verdict.__main__ import numbers
from benchmarks.verdict.figures import plain
from benchmarks.verdict.scenarios import KINDS, PURPOSES

PUBLISHED = "0:40"
QUICK = "0:4"
Options = argparse.Namespace


def main() -> None:
    """Hold every contest that is missing, and print who did how well."""
    options = _options()
    chosen = options.tasks if options.tasks is not None else numbers(QUICK if options.quick else PUBLISHED)
    contests: list[Contest] = []
    for number in chosen:
        job = Job(options.purpose, options.kind, options.seed, number, options.work)
        contests.append(hold(job, options.contenders))
        print(f"{len(contests)} of {len(chosen)}: {job.name}", file=sys.stderr, flush=True)
    found = figures(contests)
    print(f"{options.purpose}, {options.kind}: {len(contests)} tasks")
    for name, each in found.items():
        _print(name, each)
    if options.results is not None:
        document = {
            "seed": options.seed,
            "tasks": len(contests),
            "contenders": {name: plain(each) for name, each in found.items()},
        }
        options.results.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loops", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four tasks, a few minutes")
    parser.add_argument("--tasks", type=numbers, help="which scenarios, as 0:40 (default: those published)")
    parser.add_argument("--purpose", choices=PURPOSES, default="reporting")
    parser.add_argument("--kind", choices=KINDS, default="wild")
    parser.add_argument("--seed", type=int, default=1, help="of the streams of scenarios")
    parser.add_argument("--contenders", nargs="+", choices=list(CONTENDERS), default=list(CONTENDERS))
    parser.add_argument("--work", type=Path, default=Path("runs/loops"), help="folder of the records")
    parser.add_argument("--results", type=Path, help="JSON file for the figures")
    return parser.parse_args()


def _print(name: str, found: Figures) -> None:
    print(f" {name}")
    for what, figure in found.items():
        print(f"  {what:48} {figure or '-'}")


if __name__ == "__main__":
    main()
