"""Scenarios with what every change truly brought: a file each, so that an interrupted run goes on."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.verdict.scenarios import Config, Kind, Purpose, Scenario, draw_scenario, sane_config
from benchmarks.verdict.trial import Outcome, run_trial
from dlrecipe.recipe import Evidence
from dlrecipe.recipe.moves import Move, compatible, merged, single_moves

Record = dict[str, Any]
Job = tuple[Purpose, Kind, int, int, Path, int, int]

COSTLY = 1e10  # operations of a training that is left out
FIRST = 1  # the run itself has seed 0; changes are retrained from here on


def evidence(outcome: Outcome) -> Evidence:
    """What the product would know of this run."""
    fit = outcome.fit
    return Evidence(outcome.settings, fit.history, fit.stopped, fit.best_epoch, outcome.parameters)


def measure(scenario: Scenario, patch: Config, seeds: Iterable[int]) -> Record:
    """Train under a patch with each seed; true and measured errors."""
    began = time.perf_counter()
    outcomes = [run_trial(scenario, patch, seed) for seed in seeds]
    return {
        "patch": patch,
        "true_errors": [outcome.true_error for outcome in outcomes],
        "dev_errors": [outcome.dev.error for outcome in outcomes],
        "train_errors": [outcome.train.error for outcome in outcomes],
        "stopped": [outcome.fit.stopped for outcome in outcomes],
        "seconds": (time.perf_counter() - began) / len(outcomes),
    }


def make_record(scenario: Scenario, repeats: int, mixtures: int) -> Record:
    """The run of a scenario, and what each single change, some mixtures and fresh starts brought.

    For every six mixtures there is one fresh start: everything as a careful person might begin.
    """
    began = time.perf_counter()
    base = run_trial(scenario, {}, 0)
    seconds = time.perf_counter() - began
    moves = tuple(
        move
        for move in single_moves(evidence(base), len(scenario.train.X))
        if affordable(scenario, dict(move.patch))
    )
    seeds = range(FIRST, FIRST + repeats)
    changes = [
        {"what": move.what, "id": move.id, "title": move.title, **measure(scenario, dict(move.patch), seeds)}
        for move in moves
    ]
    errors = [float(np.mean(change["true_errors"])) for change in changes]
    rng = np.random.default_rng(len(scenario.name) + scenario.problem.m)
    mixed = [
        {"what": "several", "id": "several", **measure(scenario, merged(chosen), seeds)}
        for chosen in mix(rng, moves, errors, base.true_error, mixtures)
        if affordable(scenario, merged(chosen))
    ]
    fresh = [
        {"what": "fresh start", "id": "several", **measure(scenario, patch, seeds)}
        for patch in fresh_starts(rng, scenario, mixtures // 6)
        if affordable(scenario, patch)
    ]
    return {
        "name": scenario.name,
        "cause": scenario.cause,
        "family": type(scenario.problem.family).__name__.lower(),
        "m": len(scenario.train.X),
        "bayes": scenario.bayes,
        "true_error": base.true_error,
        "true_train_dev": base.true_train_dev,
        "settings": asdict(base.settings),
        "history": [list(epoch) for epoch in base.fit.history],
        "stopped": base.fit.stopped,
        "best_epoch": base.fit.best_epoch,
        "parameters": base.parameters,
        "inspection": asdict(base.inspection),
        "train": asdict(base.train),
        "dev": asdict(base.dev),
        "train_dev": None if base.train_dev is None else asdict(base.train_dev),
        "seconds": seconds,
        "changes": changes + mixed + fresh,
    }


def affordable(scenario: Scenario, patch: Config) -> bool:
    """Whether a training under the patch takes a few seconds at most."""
    config = {**scenario.config, **patch}
    sizes = [scenario.train.X.shape[1], *config["network.layers"], _width(scenario)]
    weights = sum(before * after for before, after in pairwise(sizes))
    return 6 * weights * len(scenario.train.X) * int(config["training.epochs"]) < COSTLY


def _width(scenario: Scenario) -> int:
    return scenario.train.known.shape[1] if scenario.train.known.ndim > 1 else 1


def mix(
    rng: np.random.Generator, moves: tuple[Move, ...], errors: list[float], now: float, mixtures: int
) -> Iterator[list[Move]]:
    """Sets of two to five compatible moves: half of them any, half of those that help alone."""
    helpful = [move for move, error in zip(moves, errors, strict=True) if error < now - 0.002]
    for number in range(mixtures):
        pool = helpful if number % 2 and len(helpful) > 1 else list(moves)
        wanted, chosen = int(rng.integers(2, 6)), list[Move]()
        for at in rng.permutation(len(pool)):
            if len(chosen) < wanted and all(compatible(pool[at], other) for other in chosen):
                chosen.append(pool[at])
        if len(chosen) > 1:
            yield chosen


def fresh_starts(rng: np.random.Generator, scenario: Scenario, number: int) -> Iterator[Config]:
    """Sane configurations, with a penalty or dropout or without."""
    m = len(scenario.train.X)
    for _ in range(number):
        config = sane_config(rng)
        config["training.lambda"] = float(rng.choice([0.0, 0.001, 0.01, 0.05])) * m
        config["network.keep_prob"] = float(rng.choice([1.0, 1.0, 0.8]))
        config["network.init"] = "he" if config["network.activation"] == "relu" else "xavier"
        config["training.learning_rate"] = float(rng.choice([0.001, 0.003, 0.01]))
        config["training.batch_size"] = min(m, config["training.batch_size"])
        yield config


def build(jobs: list[Job], processes: int) -> Iterator[tuple[Path, float]]:
    """Make every record that is not there yet; yields each file with the seconds it took."""
    missing = [job for job in jobs if not path_of(job).exists()]
    with ProcessPoolExecutor(processes) as pool:
        for future in as_completed([pool.submit(_work, job) for job in missing]):
            yield future.result()


def path_of(job: Job) -> Path:
    """The file of a job's record."""
    purpose, kind, seed, number, folder, *_ = job
    return folder / f"{purpose}-{seed}-{kind}-{number:04d}.json.gz"


def read(path: Path) -> Record:
    """A record from its file."""
    with gzip.open(path, "rt") as file:
        return json.load(file)


def write(path: Path, record: Record) -> None:
    """Write a record, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with gzip.open(unfinished, "wt") as file:
        json.dump(record, file)
    unfinished.replace(path)


def _work(job: Job) -> tuple[Path, float]:
    purpose, kind, seed, number, _, repeats, mixtures = job
    began = time.perf_counter()
    with threadpool_limits(1):
        record = make_record(draw_scenario(purpose, kind, seed, number), repeats, mixtures)
    write(path_of(job), record)
    return path_of(job), time.perf_counter() - began
