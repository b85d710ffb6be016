"""Scenarios: a problem with its data, and a configuration somebody might have trained it with.

*Wild*: problem and configuration are drawn at random, nothing is planted. *Planted*: a sane configuration
with one thing that is often wrong. Streams of seeds for tuning and for reporting never meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from benchmarks.verdict.problems import FRESH, Problem, Sample, draw_problem

Purpose = Literal["tuning", "reporting"]
Kind = Literal["wild", "planted"]
Config = dict[str, Any]

PURPOSES: tuple[Purpose, ...] = ("tuning", "reporting")
KINDS: tuple[Kind, ...] = ("wild", "planted")
STEPS = 3000  # optimiser steps at most, so that a scenario with all its changes takes seconds
ITERATIONS = 50  # of L-BFGS at most
TRAIN_DEV = 0.1  # part of the training examples set aside where dev is of another kind


@dataclass(frozen=True)
class Scenario:
    """What a run starts from, and what nobody but the benchmark knows.

    Attributes:
        name: Such as `wild-17`.
        cause: What was planted; `wild` where nothing was.
        config: Dotted keys and values.
        train, dev, train_dev: The data of the run.
        fresh: Examples like dev's that no run sees; `fresh_train` are like the training examples.
        bayes: The least possible error.
    """

    name: str
    cause: str
    problem: Problem
    config: Config
    train: Sample
    dev: Sample
    train_dev: Sample | None
    fresh: Sample
    fresh_train: Sample
    bayes: float
    variance: float = field(default=1.0)


def draw_scenario(purpose: Purpose, kind: Kind, seed: int, number: int) -> Scenario:
    """Scenario `number` of its stream: a function of its arguments alone."""
    key = (PURPOSES.index(purpose), KINDS.index(kind), number)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    if kind == "wild":
        cause, problem = "wild", draw_problem(rng)
        config = wild_config(rng)
    else:
        cause, problem, config = _planted(rng)
    return _with_data(f"{kind}-{number}", cause, problem, _bounded(config, problem), rng)


def wild_config(rng: np.random.Generator) -> Config:
    """Anything the configuration allows, within what takes seconds; the rate knows nothing of the rest."""
    optimizer = str(
        rng.choice(["adam", "gd", "momentum", "rmsprop", "lbfgs"], p=[0.36, 0.2, 0.2, 0.16, 0.08])
    )
    depth = int(rng.choice([0, 1, 2, 3, 4], p=[0.1, 0.35, 0.3, 0.15, 0.1]))
    layers = [int(np.exp(rng.uniform(0, np.log(100)))) for _ in range(depth)]
    activation = str(
        rng.choice(["relu", "tanh", "sigmoid", "leaky_relu", "identity"], p=[0.45, 0.2, 0.15, 0.1, 0.1])
    )
    usual = "he" if activation in {"relu", "leaky_relu"} else "xavier"
    deviation = float(f"{10 ** rng.uniform(-3, 0):.2g}")
    init = [usual, "lecun", "zeros", deviation][int(rng.choice(4, p=[0.7, 0.08, 0.04, 0.18]))]
    keep_prob = 1.0 if optimizer == "lbfgs" or rng.random() < 0.6 else round(rng.uniform(0.2, 1), 2)
    batch = "full" if optimizer == "lbfgs" or rng.random() < 0.15 else int(2 ** rng.integers(3, 10))
    return {
        "data.normalize": bool(rng.random() < 0.7),
        "network.layers": layers,
        "network.activation": activation,
        "network.init": init,
        "network.keep_prob": keep_prob,
        "training.optimizer": optimizer,
        "training.learning_rate": float(f"{10 ** rng.uniform(-5, 0):.2g}"),
        "training.batch_size": batch,
        "training.epochs": int(np.exp(rng.uniform(np.log(3), np.log(300)))),
        "training.lambda": 0.0 if rng.random() < 0.5 else float(f"{10 ** rng.uniform(-3, 3):.2g}"),
        "training.l1_ratio": float(rng.choice([0.0, 1.0, 0.5], p=[0.85, 0.1, 0.05])),
        "training.patience": [None, 3, 5, 10, 20, 50][int(rng.choice(6, p=[0.3, 0.1, 0.15, 0.2, 0.15, 0.1]))],
    }


def sane_config(rng: np.random.Generator) -> Config:
    """What a careful person might begin with."""
    width = int(rng.choice([16, 32, 64]))
    return {
        "data.normalize": True,
        "network.layers": [width] * int(rng.choice([1, 2], p=[0.6, 0.4])),
        "network.activation": str(rng.choice(["relu", "tanh"], p=[0.8, 0.2])),
        "network.keep_prob": 1.0,
        "training.optimizer": "adam",
        "training.learning_rate": float(rng.choice([0.001, 0.002, 0.003, 0.005])),
        "training.batch_size": int(rng.choice([32, 64])),
        "training.epochs": int(rng.choice([50, 100, 150])),
        "training.lambda": 0.0,
        "training.l1_ratio": 0.0,
        "training.patience": [10, 20, None][int(rng.integers(3))],
    }


CAUSES = (
    "too few epochs",
    "rate too low",
    "rate too high",
    "network too small",
    "linear",
    "lambda too large",
    "keep_prob too low",
    "inputs not normalised",
    "too few data",
    "overfit",
    "plain gradient descent",
    "bad initialisation",
    "shift",
    "nothing",
)
MOST = {"too few data": 150, "overfit": 500}  # training examples


def _planted(rng: np.random.Generator) -> tuple[str, Problem, Config]:
    cause = str(rng.choice(CAUSES))
    shift = float(rng.uniform(0.7, 2)) if cause == "shift" else 0.0
    problem, config = replace(draw_problem(rng), shift=shift), sane_config(rng)
    problem = replace(problem, m=min(problem.m, MOST.get(cause, 2000)))
    if cause == "inputs not normalised":
        units = 10 ** rng.uniform(-2, 2, size=len(problem.units))
        problem = replace(problem, units=units, offsets=units * rng.normal(0, 3, size=len(units)))
    return cause, problem, {**config, **_plant(cause, rng, problem.m, config)}


def _plant(cause: str, rng: np.random.Generator, m: int, sane: Config) -> Config:
    """What is changed in a sane configuration."""
    rate, layers = sane["training.learning_rate"], sane["network.layers"]
    plans: dict[str, Config] = {
        "too few epochs": {"training.epochs": int(rng.integers(1, 8))},
        "rate too low": {"training.learning_rate": float(f"{rate * 10 ** -rng.uniform(1.3, 3):.2g}")},
        "rate too high": {"training.learning_rate": float(f"{rate * 10 ** rng.uniform(1.3, 2.5):.2g}")},
        "network too small": {"network.layers": [int(rng.integers(1, 4)) for _ in layers]},
        "linear": {"network.layers": []},
        "lambda too large": {"training.lambda": float(f"{m * 10 ** rng.uniform(-1.3, 1):.2g}")},
        "keep_prob too low": {"network.keep_prob": round(rng.uniform(0.1, 0.45), 2)},
        "inputs not normalised": {"data.normalize": False},
        "overfit": {
            "network.layers": [64, 64],
            "training.epochs": 150,
            "training.patience": None,
        },
        "plain gradient descent": {
            "training.optimizer": "gd",
            "training.learning_rate": float(f"{10 ** rng.uniform(-3, -1.5):.2g}"),
        },
        "bad initialisation": {"network.init": ["zeros", 0.001, 3.0][int(rng.integers(3))]},
    }
    return plans.get(cause, {})


def _bounded(config: Config, problem: Problem) -> Config:
    """The same with no more epochs than the limit of steps allows."""
    batch = problem.m if config["training.batch_size"] == "full" else config["training.batch_size"]
    steps_each = -(-problem.m // min(batch, problem.m))
    longest = min(STEPS // steps_each, ITERATIONS if config["training.optimizer"] == "lbfgs" else STEPS)
    return {**config, "training.epochs": max(1, min(config["training.epochs"], longest))}


def _with_data(name: str, cause: str, problem: Problem, config: Config, rng: np.random.Generator) -> Scenario:
    aside = round(TRAIN_DEV * problem.m) if problem.shift else 0
    sample = problem.sample(rng, problem.m)
    dev = problem.sample(rng, max(20, problem.m // 3), shifted=True)
    fresh = problem.sample(rng, FRESH, shifted=True)
    fresh_train = problem.sample(rng, FRESH) if problem.shift else fresh
    train = sample.rows(slice(aside, None))
    variance = float(train.y.var()) if problem.task == "regression" else 1.0
    return Scenario(
        name=name,
        cause=cause,
        problem=problem,
        config=config,
        train=train,
        dev=dev,
        train_dev=sample.rows(slice(aside)) if aside else None,
        fresh=fresh,
        fresh_train=fresh_train,
        bayes=problem.bayes(fresh_train, variance),
        variance=variance,
    )
