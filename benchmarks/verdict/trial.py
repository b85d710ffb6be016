"""One training of a scenario's data under a patch, and what it truly reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.verdict.families import Floats
from benchmarks.verdict.problems import Sample
from benchmarks.verdict.scenarios import Config, Scenario
from dlrecipe.config import Config as ProductConfig
from dlrecipe.experiments.fit import Fit, fit
from dlrecipe.experiments.inspecting import inspect
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.results import Score, Settings
from dlrecipe.results.inspection import Inspection
from dlrecipe.training import Examples, Problem, score
from dlrecipe.training.plain import PLAIN


class Unsaved:
    """A saver that writes nothing."""

    def epoch_ended(self, *_: object) -> None:
        """Keep nothing."""

    def write(self) -> None:
        """Write nothing."""


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

    batch = config.training.batch_size
    problem = Problem(
        network=network,
        train=lay_out(scenario.train),
        dev=lay_out(scenario.dev),
        optimizer=config.training.optimizer,
        learning_rate=config.training.learning_rate,
        batch_size=None if batch == "full" else min(batch, len(scenario.train.X)),
        epochs=config.training.epochs,
        keep_prob=config.network.keep_probs,
        seed=seed,
    )
    fitted = fit(problem, config, PLAIN, Unsaved())
    theta = fitted.theta

    def true_error(sample: Sample) -> float:
        X = ((sample.X - mean) / scale).astype(dtype)
        with np.errstate(all="ignore"):
            output = network.logits(theta, X).astype(np.float64)
        return _true_error(output * spread + center, sample, scenario)

    return Outcome(
        settings=_settings(scenario, config, problem),
        fit=fitted,
        parameters=network.layout.size,
        inspection=inspect(network, theta, problem.train),
        train=score(network, theta, problem.train),
        dev=score(network, theta, problem.dev),
        train_dev=None if scenario.train_dev is None else score(network, theta, lay_out(scenario.train_dev)),
        true_error=true_error(scenario.fresh),
        true_train_dev=true_error(scenario.fresh_train),
    )


def _true_error(output: Floats, sample: Sample, scenario: Scenario) -> float:
    """The expected error over every target that is possible at each of the inputs."""
    known = sample.known
    if scenario.problem.task == "regression":
        squared = np.square(output[:, 0] - known).mean() + scenario.problem.noise**2
        return float(min(np.nan_to_num(squared / scenario.variance, nan=1e6), 1e6))
    chosen = (output[:, 0] > 0).astype(int) if output.shape[1] == 1 else output.argmax(1)
    return float(1 - known[np.arange(len(known)), chosen].mean())


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


def _settings(scenario: Scenario, config: ProductConfig, problem: Problem) -> Settings:
    return Settings(
        task=scenario.problem.task,  # type: ignore[arg-type]
        inputs=problem.network.sizes[0],
        outputs=problem.network.sizes[-1],
        layers=problem.network.hidden,
        activation=config.network.activation,
        keep_prob=problem.keep_prob,
        init=config.network.init,
        normalize=config.data.normalize,
        optimizer=problem.optimizer,
        learning_rate=problem.learning_rate,
        batch_size=problem.batch_size or problem.m,
        epochs=problem.epochs,
        patience=config.training.patience,
        lambd=config.training.lambd,
        l1_ratio=config.training.l1_ratio,
    )
