"""From a config to a problem: the data read and split, the network laid out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe import data
from dlrecipe.errors import ConfigError, RunError
from dlrecipe.experiments.memory import require_memory
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.results import Settings
from dlrecipe.training import Examples, Problem, Schedule, Streamed, stream

if TYPE_CHECKING:
    from dlrecipe.config import Config
    from dlrecipe.runs import RunFolder


@dataclass(frozen=True)
class Prepared:
    """A config with its data at hand.

    Attributes:
        config: As loaded.
        dataset: All parts, encoded and normalised.
        problem: What is to be trained, in float32 (`lbfgs`: float64).
        settings: What a diagnosis looks at.
    """

    config: Config
    dataset: data.Dataset
    problem: Problem
    settings: Settings

    @cached_property
    def fingerprint(self) -> str:
        """What tells these parts of these data from others: a checksum of inputs and targets."""
        dataset, crc = self.dataset, 0
        for part in (dataset.train, dataset.dev, dataset.test, dataset.train_dev):
            if part is not None:
                crc = zlib.crc32(part.y.data, zlib.crc32(_contents(part, dataset.encoder), crc))
        return f"{crc:08x}"

    def examples(self, part: data.Part, dtype: type | None = None) -> Examples | Streamed:
        """A part of the data as the network sees it, in the problem's precision unless told."""
        network = self.problem.network
        return lay_out(part, network, dtype or self.problem.train.dtype.type)


def prepare(config: Config) -> Prepared:
    """Read and split the data, and lay out the network.

    Raises:
        DataError: The data cannot be read or are not what the config says.
        ConfigError: A setting does not fit the data.
    """
    plan = data.Plan(**config.data_plan())
    dataset = data.load(plan, stream(config.split_seed, "split"))
    human = config.recipe.human_error
    if dataset.task == "classification" and human is not None and human > 1:
        raise ConfigError(
            f"recipe.human_error must be at most 100% for a classification. Got {100 * human:g}%."
        )
    loss = loss_for(dataset)
    outputs = (dataset.n_classes or 1) if loss == "softmax" else 1
    network = Network(
        (dataset.n_x, *config.network.layers, outputs),
        ACTIVATIONS[config.network.activation],
        LOSSES[loss],
        Penalty(config.training.lambd, config.training.l1_ratio),
    )
    training = config.training
    dtype = np.float64 if training.optimizer == "lbfgs" else np.float32
    require_memory(network, training.optimizer, np.dtype(dtype).itemsize)
    batch = None if training.batch_size == "full" else min(training.batch_size, len(dataset.train))
    if isinstance(dataset.train.X, data.EncodedRows) and batch in {None, len(dataset.train)}:
        raise ConfigError(
            f"training.batch_size must be less than the {len(dataset.train):,} training examples, because "
            f"they stay on disk; data.stream: false reads them into memory. Got {training.batch_size}."
        )
    problem = Problem(
        network=network,
        train=lay_out(dataset.train, network, dtype),
        dev=lay_out(dataset.dev, network, dtype),
        optimizer=training.optimizer,
        learning_rate=training.learning_rate,
        batch_size=batch,
        epochs=training.epochs,
        keep_prob=config.network.keep_probs,
        seed=config.seed,
        schedule=Schedule(training.schedule.kind, training.schedule.settings),
    )
    return Prepared(config, dataset, problem, _settings(config, problem, dataset))


def lay_out(part: data.Part, network: Network, dtype: type) -> Examples | Streamed:
    """A part of the data as a network sees it; on disk where the part is."""
    loss, outputs = network.loss.name, network.sizes[-1]
    if isinstance(part.X, data.EncodedRows):
        return Streamed(part.X, part.y, loss, outputs, np.dtype(dtype))
    return Examples.encode(part.X, part.y, loss, outputs, dtype)


def _contents(part: data.Part, encoder: data.Encoder) -> bytes | memoryview:
    """What changes with the inputs of a part: they all, or where they are on disk, a thousand and the scales.

    The scales are of every training row, so that a change shows without reading everything once more.
    """
    if isinstance(part.X, data.EncodedRows):
        some = part.X[np.linspace(0, len(part) - 1, min(1000, len(part))).astype(np.int64)]
        return some.tobytes() + encoder.mean.tobytes() + encoder.scale.tobytes()
    return part.X.data


def require_same_data(folder: RunFolder, prepared: Prepared, fingerprint: str) -> None:
    """Refuse data that are not those the run was trained on: its parts would be others.

    Raises:
        RunError: They have changed.
    """
    if prepared.fingerprint != fingerprint:
        raise RunError(
            f"{folder.path}: {prepared.config.data.source} is not what it was when this run was trained. "
            "Bring the file of then back, train a new run, or evaluate a file with --data FILE."
        )


def loss_for(dataset: data.Dataset) -> str:
    """Two classes: one sigmoid; more: a softmax; regression: the squared loss."""
    if dataset.task == "regression":
        return "squared"
    return "sigmoid" if dataset.n_classes == 2 else "softmax"


def _settings(config: Config, problem: Problem, dataset: data.Dataset) -> Settings:
    return Settings(
        task=dataset.task,
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
