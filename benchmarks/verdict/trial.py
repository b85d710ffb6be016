"""One training of a scenario's data under a patch, and what it truly reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.verdict.families import Floats
from benchmarks.verdict.problems import Sample
from benchmarks.verdict.scenarios import Config, Scenario
from dlrecipe.config import Config as ProductConfig
from dlrecipe.experiments.dev import answers
from dlrecipe.experiments.fit import Fit, KeepsNothing, fit
from dlrecipe.experiments.inspecting import inspect
from dlrecipe.experiments.prepare import problem_for, settings_for
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.results import Score, Settings
from dlrecipe.results.inspection import Inspection
from dlrecipe.training import Examples, score
from dlrecipe.training.plain import PLAIN


@dataclass(frozen=True)
class Outcome:
    """A training with its scores and its true errors.

    Attributes:
        settings: As the product's diagnosis gets them.
        fit: How it went.
        inspection: What a look at the network tells.
        train, dev, train_dev: Scores of the returned model.
        true_error: Its expected error on new dev examples.
        true_train_dev: Its expected error on new examples like the training ones.
    """

    settings: Settings
    fit: Fit
    parameters: int
    inspection: Inspection
    train: Score
    dev: Score
    train_dev: Score | None
    true_error: float
    true_train_dev: float


def product_config(config: Config, seed: int) -> ProductConfig:
    """Dotted keys as the product's own config, checked by its rules."""
    raw: dict[str, Any] = {"seed": seed, "data": {"source": "generated"}, "network": {}, "training": {}}
    for key, value in config.items():
        section, name = key.split(".")
        raw[section][name] = value
    return ProductConfig.model_validate(raw)


def run_trial(scenario: Scenario, patch: Config, seed: int) -> Outcome:
    """Train under the patched configuration, with its own initialisation, order and dropout."""
    config = product_config({**scenario.config, **patch}, seed)
    mean, scale = _scaling(scenario.train.X, normalize=config.data.normalize)
    center, spread = _target(scenario)
    dtype = np.float64 if config.training.optimizer == "lbfgs" else np.float32
    loss = _loss(scenario)
    network = Network(
        (scenario.train.X.shape[1], *config.network.layers, _outputs(scenario)),
        ACTIVATIONS[config.network.activation],
        LOSSES[loss],
        Penalty(config.training.lambd, config.training.l1_ratio),
    )

    def lay_out(sample: Sample) -> Examples:
        y = (sample.y - center) / spread if loss == "squared" else sample.y
        return Examples.encode((sample.X - mean) / scale, y, loss, network.sizes[-1], dtype)

    problem = problem_for(config, network, lay_out(scenario.train), lay_out(scenario.dev))
    fitted = fit(problem, config, PLAIN, KeepsNothing())
    theta = fitted.theta

    def true_error(sample: Sample) -> float:
        X = ((sample.X - mean) / scale).astype(dtype)
        with np.errstate(all="ignore"):
            output = network.logits(theta, X).astype(np.float64)
        chosen = answers(output) if loss != "squared" else output[:, 0] * spread + center
        return expected_error(chosen, sample, scenario)

    return Outcome(
        settings=settings_for(config, problem, scenario.problem.task),  # type: ignore[arg-type]
        fit=fitted,
        parameters=network.layout.size,
        inspection=inspect(network, theta, problem.train),
        train=score(network, theta, problem.train),
        dev=score(network, theta, problem.dev),
        train_dev=None if scenario.train_dev is None else score(network, theta, lay_out(scenario.train_dev)),
        true_error=true_error(scenario.fresh),
        true_train_dev=true_error(scenario.fresh_train),
    )


def expected_error(chosen: NDArray[Any], sample: Sample, scenario: Scenario) -> float:
    """The expected error over every target that is possible at each of the inputs.

    Args:
        chosen: A class, or a regression's prediction, for each of the inputs.
        sample: The inputs, with what is known of their targets.
        scenario: What they are of.
    """
    known = sample.known
    if scenario.problem.task == "regression":
        squared = np.square(chosen - known).mean() + scenario.problem.noise**2
        return float(min(np.nan_to_num(squared / scenario.variance, nan=1e6), 1e6))
    return float(1 - known[np.arange(len(known)), chosen.astype(int)].mean())


def _scaling(X: Floats, *, normalize: bool) -> tuple[Floats, Floats]:
    if not normalize:
        return np.zeros(X.shape[1]), np.ones(X.shape[1])
    deviation = X.std(0)
    return X.mean(0), np.where(deviation > 0, deviation, 1.0)


def _target(scenario: Scenario) -> tuple[float, float]:
    if scenario.problem.task == "regression":
        return float(scenario.train.y.mean()), float(scenario.train.y.std())
    return 0.0, 1.0


def _loss(scenario: Scenario) -> str:
    if scenario.problem.task == "regression":
        return "squared"
    return "sigmoid" if scenario.train.known.shape[1] == 2 else "softmax"


def _outputs(scenario: Scenario) -> int:
    return scenario.train.known.shape[1] if _loss(scenario) == "softmax" else 1
