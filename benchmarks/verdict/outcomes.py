"""What the product, and its rivals, say of each recorded run, held against what is true."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.verdict.corpus import FIRST, Job, Record, measure, path_of, read, write
from benchmarks.verdict.scenarios import Config, draw_scenario
from benchmarks.verdict.table import evidence_of, figures_of, gain
from dlrecipe.experiments.probing import TRIED
from dlrecipe.recipe import SHARE, TOLERANCE, diagnose
from dlrecipe.recipe.judging import judge
from dlrecipe.recipe.suggestions.case import Case
from dlrecipe.recipe.suggestions.ranked import WORTH
from dlrecipe.recipe.suggestions.rules import by_rules
from dlrecipe.results import Diagnosis

POINT = 0.01
ENOUGH = 0.9  # of what the best single change gains is a hit
NG = {"high bias": "bigger_network", "high variance": "l2"}


@dataclass(frozen=True)
class Outcome:
    """One reporting scenario.

    Attributes:
        name, kind, cause: Which one.
        true, said: The verdicts.
        certain: Whether every gap is said to be certain.
        gaps: For each gap with an interval whether it holds the true one.
        best: What the best single change gains, a fraction of dev error.
        gains: What each adviser's first suggestion gains; None where it suggests no change.
    """

    name: str
    kind: str
    cause: str
    true: str
    said: str
    certain: bool
    gaps: dict[str, bool]
    best: float
    gains: dict[str, float | None]


def outcomes(jobs: list[Job], processes: int, *, rivals: bool) -> Iterator[Outcome]:
    """Judge every job's record; what has to be trained for it is kept beside the records.

    Args:
        jobs: Whose records are there.
        processes: How many work at once.
        rivals: Whether the rules' first suggestion, and the product's without a human error, are trained
            as well.
    """
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(partial(outcome, rivals=rivals), jobs)


def outcome(job: Job, *, rivals: bool) -> Outcome:
    """Judge one record."""
    record, kind = read(path_of(job)), job[1]
    diagnosis = diagnose(figures_of(record), evidence_of(record))
    truth = _truth(record)
    singles = [change for change in record["changes"] if change["what"] not in {"several", "fresh start"}]
    gains = {
        "product": _gain_of(job, record, _first(diagnosis)),
        "product, two probes": _probed(job, record, diagnosis),
        "product, one change": _gain_of(job, record, _first(diagnosis, single=True)),
        "Ng's rule": _ng(record, diagnosis, singles),
        "random change": gain(record, singles[np.random.default_rng(job[3]).integers(len(singles))]),
        "every change once": gain(record, min(singles, key=lambda change: change["dev_errors"][0])),
    }
    if rivals:
        unknown = diagnose(replace(figures_of(record), human_error=None), evidence_of(record))
        gains["product, human error unknown"] = _gain_of(job, record, _first(unknown))
        gains["causes by rules"] = _gain_of(job, record, _by_rules(diagnosis, record))
    return Outcome(
        name=record["name"],
        kind=kind,
        cause=record["cause"],
        true=truth.verdict,
        said=diagnosis.verdict,
        certain=all(gap.certain for gap in diagnosis.gaps.values()),
        gaps={
            name: gap.interval[0] <= truth.gaps[name].gap <= gap.interval[1]
            for name, gap in diagnosis.gaps.items()
            if gap.interval is not None and name != "bias"
        },
        best=max(gain(record, change) for change in singles),
        gains=gains,
    )


def _truth(record: Record) -> Diagnosis:
    """The contract's rule on the true errors: those the returned model is expected to have."""
    figures = figures_of(record)
    shifted = figures.train_dev_error is not None
    figures = replace(
        figures,
        dev_error=min(1e12, record["true_error"]),
        train_dev_error=record["true_train_dev"] if shifted else None,
        train_size=None,
        dev_size=None,
        train_dev_size=None,
    )
    return judge(figures, TOLERANCE, SHARE)


def _first(diagnosis: Diagnosis, *, single: bool = False) -> Config | None:
    """The first suggestion's patch; with `single` that of the first which treats one cause."""
    for suggestion in diagnosis.suggestions:
        if single and suggestion.id == "several":
            continue
        return None if suggestion.patch is None else dict(suggestion.patch)
    return None


def _probed(job: Job, record: Record, diagnosis: Diagnosis) -> float | None:
    """What comes first after `diagnose --probe` gains: the better of two changes, if it helped on dev."""
    patches = [dict(each.patch) for each in diagnosis.suggestions if each.patch][:TRIED]
    if not patches:
        return None
    best = min((_change(job, record, patch) for patch in patches), key=lambda change: change["dev_errors"][0])
    helped = record["dev"]["error"] - best["dev_errors"][0] >= WORTH
    return gain(record, best) if helped else None


def _by_rules(diagnosis: Diagnosis, record: Record) -> Config | None:
    case = Case(diagnosis, evidence_of(record), record["m"])
    return next((dict(rule.patch) for rule in by_rules(case) if rule.patch is not None), None)


def _ng(record: Record, diagnosis: Diagnosis, singles: list[Record]) -> float | None:
    """The lecture's first change: a bigger network against bias, else L2 against variance."""
    wanted = next((id_ for level, id_ in NG.items() if level in diagnosis.verdict), None)
    found = next((change for change in singles if change["id"] == wanted), None)
    return None if found is None else gain(record, found)


def _gain_of(job: Job, record: Record, patch: Config | None) -> float | None:
    """What a patch gains; trained now if nobody did before."""
    return None if patch is None else gain(record, _change(job, record, patch))


def _change(job: Job, record: Record, patch: Config) -> Record:
    known = next((change for change in record["changes"] if change["patch"] == patch), None)
    return known or _trained(job, patch)


def _trained(job: Job, patch: Config) -> Record:
    purpose, kind, seed, number, folder, repeats, _ = job
    digest = hashlib.sha256(json.dumps(patch, sort_keys=True).encode()).hexdigest()[:12]
    file = Path(folder) / "suggestions" / f"{path_of(job).name.split('.')[0]}-{digest}.json.gz"
    if not file.exists():
        with threadpool_limits(1):
            scenario = draw_scenario(purpose, kind, seed, number)
            write(file, measure(scenario, patch, range(FIRST, FIRST + repeats)))
    return read(file)
