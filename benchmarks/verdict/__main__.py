"""`python -m benchmarks.verdict [learn] [--quick]`: how often the recipe is right; or learn its ranking.

Records are kept in `--work`, a file each: an interrupted run goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from benchmarks.verdict.corpus import Job, build, path_of, read
from benchmarks.verdict.figures import Figure, advice_figures, plain, verdict_figures
from benchmarks.verdict.outcomes import Outcome, outcomes
from benchmarks.verdict.scenarios import KINDS, Kind, Purpose

RESULTS = Path(__file__).parent / "results.json"
NUMBERS: dict[Purpose, dict[Kind, str]] = {
    "tuning": {"wild": "0:170,414:600", "planted": "0:65,160:420"},
    "reporting": {"wild": "0:155", "planted": "0:155"},
}
"""Which scenarios of the two streams made the shipped ranking, and the published figures."""
QUICK = "0:8"
REPEATS: dict[Purpose, int] = {"tuning": 1, "reporting": 3}
MIXTURES: dict[Purpose, int] = {"tuning": 10, "reporting": 0}
Options = argparse.Namespace


def main() -> None:
    """Make what is missing of the corpus, then learn from it or report on it."""
    options = _options()
    jobs = _jobs("tuning" if options.what == "learn" else "reporting", options)
    for number, (path, seconds) in enumerate(build(jobs, options.processes)):
        print(f"{number + 1}: {path.name} in {seconds:.1f} s", file=sys.stderr, flush=True)
    if options.what == "learn":
        _learn(jobs, options)
    else:
        _report(jobs, options)


def numbers(text: str) -> list[int]:
    """The numbers of `0:3,7:9`: 0, 1, 2, 7, 8."""
    ranges = (tuple(map(int, part.split(":"))) for part in text.split(","))
    return [number for first, end in ranges for number in range(first, end)]


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdict", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["report", "learn"], default="report")
    parser.add_argument("--quick", action="store_true", help="eight scenarios of each kind, a minute or two")
    parser.add_argument("--wild", type=numbers, help="scenarios, as 0:155 (default: those published)")
    parser.add_argument("--planted", type=numbers, help="likewise")
    parser.add_argument("--seed", type=int, default=1, help="of the streams of scenarios")
    parser.add_argument("--rivals", action="store_true", help="train what the rules would suggest, too")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path("runs/verdict"), help="folder of the records")
    parser.add_argument("--results", type=Path, default=RESULTS, help="JSON file of the figures")
    return parser.parse_args()


def _jobs(purpose: Purpose, options: Options) -> list[Job]:
    jobs: list[Job] = []
    for kind in KINDS:
        usual = numbers(QUICK if options.quick else NUMBERS[purpose][kind])
        wanted = getattr(options, kind)
        jobs += [
            (purpose, kind, options.seed, n, options.work, REPEATS[purpose], MIXTURES[purpose])
            for n in (usual if wanted is None else wanted)
        ]
    return jobs


def _learn(jobs: list[Job], options: Options) -> None:
    from benchmarks.verdict.learn import learn  # noqa: PLC0415  # only learning needs scikit-learn

    about = f"python -m benchmarks.verdict learn, seed {options.seed}, {len(jobs)} scenarios"
    print(learn([read(path_of(job)) for job in jobs], about))


def _report(jobs: list[Job], options: Options) -> None:
    found = list(outcomes(jobs, options.processes, rivals=options.rivals))
    document: dict[str, object] = {"seed": options.seed}
    for kind in KINDS:
        chosen = [outcome for outcome in found if outcome.kind == kind]
        if chosen:
            document[kind] = _kind(kind, chosen)
    options.results.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def _kind(kind: Kind, chosen: list[Outcome]) -> dict[str, object]:
    """Print the figures of one kind of scenarios, and return them as plain data."""
    verdicts, advice = verdict_figures(chosen), advice_figures(chosen)
    recalls = [figure.value for name, figure in verdicts.items() if figure and name.startswith("recall")]
    print(f"\n{kind}: {len(chosen)} scenarios")
    _print(verdicts)
    print(f"  {'macro recall':44} {np.mean(recalls):.3f}")
    for adviser, figures in advice.items():
        print(f" {adviser}")
        _print(figures)
    return {
        "scenarios": len(chosen),
        "verdict": plain(verdicts),
        "macro recall": float(np.mean(recalls)),
        "advice": {adviser: plain(figures) for adviser, figures in advice.items()},
    }


def _print(figures: dict[str, Figure | None]) -> None:
    for name, figure in figures.items():
        print(f"  {name:44} {figure or '-'}")


if __name__ == "__main__":
    main()
