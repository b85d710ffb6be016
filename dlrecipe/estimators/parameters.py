"""An estimator's parameters as a config, so that both obey the same rules and train the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dlrecipe.config.problems import validate
from dlrecipe.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.config import Config

NETWORK = ("layers", "activation", "keep_prob", "init")
TRAINING = (
    "optimizer",
    "learning_rate",
    "schedule",
    "batch_size",
    "epochs",
    "lambd",
    "l1_ratio",
    "patience",
    "threads",
    "kernels",
)
RECIPE = ("human_error", "tolerance", "share")

_KEY = re.compile(r"\b(?:network|training|recipe)\.(\w+)")


def config_of(parameters: Mapping[str, Any], seed: int) -> Config:
    """The config that these parameters are; what is not given has the config's default.

    Raises:
        ArgumentError: A parameter is not what its key in a config may be; all of them are named.
    """
    raw: dict[str, Any] = {
        "seed": seed,
        "data": {"source": "arrays"},
        "network": _section(parameters, NETWORK),
        "training": _section(parameters, TRAINING),
        "recipe": _section(parameters, RECIPE),
    }
    if raw["training"].get("optimizer") == "lbfgs":
        raw["training"].pop("batch_size", None)  # it takes all examples, whatever the default says
    config, problems = validate(raw)
    if config is None:
        raise ArgumentError(*(_KEY.sub(_parameter, problem.text) for problem in problems))
    return config


def _section(parameters: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    given = {name: parameters[name] for name in names if name in parameters}
    if given.get("init", "") is None:  # the one that fits the activation
        del given["init"]
    return {("lambda" if name == "lambd" else name): _plain(value) for name, value in given.items()}


def _plain(value: object) -> object:
    """A value as a file would give it: arrays and tuples, which parameter searches use, are lists there."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return list(value) if isinstance(value, tuple) else value


def _parameter(key: re.Match[str]) -> str:
    return "lambd" if key[1] == "lambda" else key[1]
