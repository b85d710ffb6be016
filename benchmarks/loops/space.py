"""What a search may choose: all that a wild configuration is drawn from, or a careful author's part of it."""

from __future__ import annotations

import math
from typing import Any

import optuna

from benchmarks.verdict.scenarios import ITERATIONS, STEPS, Config, Scenario

Chosen = dict[str, Any]

LONGER = 4
"""Times the steps of a wild configuration that a search may take: the best ones are not all short."""

USUAL = {"relu": "he", "leaky_relu": "he"}
WIDEST = 128
PATIENCES = (3, 5, 10, 20, 50, 0)
SANE: Config = {
    "data.normalize": True,
    "network.layers": [32],
    "network.activation": "relu",
    "network.init": "he",
    "network.keep_prob": 1.0,
    "training.optimizer": "adam",
    "training.learning_rate": 0.003,
    "training.batch_size": 32,
    "training.epochs": 100,
    "training.lambda": 0.0,
    "training.l1_ratio": 0.0,
    "training.patience": 20,
}
"""What a careful person might begin with; the middle of the benchmark's own sane configurations."""


def choose(trial: optuna.trial.BaseTrial, scenario: Scenario) -> Config:
    """Ask for every choice, and return the configuration they make."""
    optimizer = trial.suggest_categorical("optimizer", ["adam", "gd", "momentum", "rmsprop", "lbfgs"])
    batch = trial.suggest_categorical("batch", [8, 16, 32, 64, 128, 256, 512, "full"])
    activation = trial.suggest_categorical(
        "activation", ["relu", "tanh", "sigmoid", "leaky_relu", "identity"]
    )
    dropout = trial.suggest_categorical("dropout", [False, True])
    keep_prob = trial.suggest_float("keep_prob", 0.2, 1.0) if dropout else 1.0
    penalised = trial.suggest_categorical("penalised", [False, True])
    patience = trial.suggest_categorical("patience", PATIENCES)
    config: Config = {
        "data.normalize": trial.suggest_categorical("normalize", [False, True]),
        "network.layers": [
            trial.suggest_int(f"width {layer}", 1, WIDEST, log=True)
            for layer in range(trial.suggest_int("depth", 0, 4))
        ],
        "network.activation": activation,
        "network.init": _init(trial, activation),
        "network.keep_prob": 1.0 if optimizer == "lbfgs" else keep_prob,
        "training.optimizer": optimizer,
        "training.learning_rate": trial.suggest_float("rate", 1e-5, 1.0, log=True),
        "training.batch_size": "full" if optimizer == "lbfgs" else batch,
        "training.epochs": trial.suggest_int("epochs", 3, 300, log=True),
        "training.lambda": trial.suggest_float("lambda", 1e-3, 1e3, log=True) if penalised else 0.0,
        "training.l1_ratio": trial.suggest_categorical("l1_ratio", [0.0, 0.5, 1.0]) if penalised else 0.0,
        "training.patience": patience or None,
    }
    return _bounded(config, len(scenario.train.X))


def choose_carefully(trial: optuna.trial.BaseTrial, scenario: Scenario) -> Config:
    """Ask for what experience leaves open, of a space in which hardly anything trains badly.

    Nobody can say that the given configuration is in it; a search through it is told so by its author.
    """
    m = len(scenario.train.X)
    width = trial.suggest_int("width", 8, WIDEST, log=True)
    activation = trial.suggest_categorical("activation", ["relu", "tanh"])
    decay = trial.suggest_categorical("decay", [0.0, 0.001, 0.01, 0.1])
    config = {
        **SANE,
        "network.layers": [width] * trial.suggest_int("depth", 1, 3),
        "network.activation": activation,
        "network.init": USUAL.get(activation, "xavier"),
        "network.keep_prob": trial.suggest_categorical("keep_prob", [1.0, 0.8, 0.5]),
        "training.learning_rate": trial.suggest_float("rate", 3e-4, 3e-2, log=True),
        "training.batch_size": trial.suggest_categorical("batch", [16, 32, 64]),
        "training.epochs": 300,
        "training.lambda": decay * m,
    }
    return _bounded(config, m)


def _init(trial: optuna.trial.BaseTrial, activation: str) -> str | float:
    kind = trial.suggest_categorical("init", ["usual", "lecun", "zeros", "deviation"])
    if kind == "deviation":
        return trial.suggest_float("deviation", 1e-3, 1.0, log=True)
    return USUAL.get(activation, "xavier") if kind == "usual" else kind


def _bounded(config: Config, m: int) -> Config:
    batch = config["training.batch_size"]
    steps_each = 1 if batch == "full" else math.ceil(m / batch)
    longest = LONGER * (ITERATIONS if config["training.optimizer"] == "lbfgs" else STEPS) // steps_each
    return {**config, "training.epochs": max(3, min(config["training.epochs"], longest))}


def as_chosen(config: Config) -> Chosen:
    """The choices that make a configuration: what Optuna is told of one that was trained, or should be."""
    activation, init, batch = (
        config[key] for key in ("network.activation", "network.init", "training.batch_size")
    )
    chosen: Chosen = {
        "optimizer": config["training.optimizer"],
        "batch": batch,
        "activation": activation,
        "dropout": config["network.keep_prob"] < 1,
        "penalised": config["training.lambda"] > 0,
        "patience": config["training.patience"] or 0,
        "normalize": config["data.normalize"],
        "depth": len(config["network.layers"]),
        "init": init if init in {"lecun", "zeros"} else "usual" if isinstance(init, str) else "deviation",
        "rate": config["training.learning_rate"],
        "epochs": max(3, config["training.epochs"]),
        **{f"width {layer}": units for layer, units in enumerate(config["network.layers"])},
    }
    if chosen["dropout"]:
        chosen["keep_prob"] = config["network.keep_prob"]
    if chosen["penalised"]:
        chosen |= {"lambda": config["training.lambda"], "l1_ratio": config["training.l1_ratio"]}
    if chosen["init"] == "deviation":
        chosen["deviation"] = init
    return chosen
