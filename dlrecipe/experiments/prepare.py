"""From a config to a problem: the data read and split, the network laid out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe import data
from dlrecipe.errors import ConfigError, RunError
from dlrecipe.experiments.augmenting import augmentation_for, in_a_sentence
from dlrecipe.experiments.memory import require_memory
from dlrecipe.experiments.pictures import image_shape
from dlrecipe.experiments.weighing import class_weights
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.results import Settings
from dlrecipe.training import Examples, Packed, Problem, Schedule, Streamed, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config import Config
    from dlrecipe.experiments.pictures import Shape
    from dlrecipe.experiments.weighing import ClassWeights
    from dlrecipe.runs import RunFolder
    from dlrecipe.training import AnyExamples


@dataclass(frozen=True)
class Prepared:
    """A config with its data at hand.

    Attributes:
        config: As loaded.
        dataset: All parts, encoded and normalised.
        problem: What is to be trained, in float32 (`lbfgs`: float64).
        settings: What a diagnosis looks at.
        class_weights: What each class counts in the loss; None for 1 each.
    """

    config: Config
    dataset: data.Dataset
    problem: Problem
    settings: Settings
    class_weights: ClassWeights | None = None

    @cached_property
    def fingerprint(self) -> str:
        """What tells these parts of these data from others: a checksum of inputs and targets."""
        dataset, crc = self.dataset, 0
        for part in (dataset.train, dataset.dev, dataset.test, dataset.train_dev):
            if part is not None:
                for contents in _contents(part, dataset.encoder):
                    crc = zlib.crc32(contents, crc)
                crc = zlib.crc32(part.y.data, crc)
        return f"{crc:08x}"

    def examples(self, part: data.Part, dtype: type | None = None) -> AnyExamples:
        """A part of the data as the network sees it, in the problem's precision unless told."""
        network = self.problem.network
        return lay_out(part, network, dtype or self.problem.train.dtype.type, self.class_weights)


def prepare(config: Config) -> Prepared:
    """Read and split the data, and lay out the network.

    Raises:
        DataError: The data cannot be read or are not what the config says.
        ConfigError: A setting does not fit the data.
    """
    plan = data.Plan(**config.data_plan())
    dataset = data.load(plan, stream(config.split_seed, "split"), stream(config.seed, "draw"))
    human = config.recipe.human_error
    if dataset.task == "classification" and human is not None and human > 1:
        raise ConfigError(
            f"recipe.human_error must be at most 100% for a classification. Got {100 * human:g}%."
        )
    network = network_for(config, dataset.n_x, dataset.n_classes)
    training = config.training
    dtype = np.float64 if training.optimizer == "lbfgs" else np.float32
    require_memory(network, training.optimizer, np.dtype(dtype).itemsize)
    batch = None if training.batch_size == "full" else min(training.batch_size, len(dataset.train))
    if batch in {None, len(dataset.train)}:
        dataset = _train_at_once(dataset, training.batch_size)
    if config.recipe.metric != "error" and dataset.n_classes is None:
        raise ConfigError(
            f"recipe.metric must be error for a regression. Got {config.recipe.metric}, which needs classes."
        )
    weights = class_weights(training.class_weight, dataset)
    train = lay_out(dataset.train, network, dtype, weights)
    problem = problem_for(config, network, train, lay_out(dataset.dev, network, dtype, weights))
    augmentation = augmentation_for(config, dataset)
    if augmentation is not None:
        problem = replace(problem, augmentation=augmentation)
        dataset = replace(dataset, notes=(*dataset.notes, in_a_sentence(augmentation)))
    image = augmentation.shape if augmentation else image_shape(dataset)
    settings = settings_for(config, problem, dataset.task, image)
    return Prepared(config, dataset, problem, settings, weights)


def _train_at_once(dataset: data.Dataset, batch_size: int | str) -> data.Dataset:
    """The data with all training inputs in memory as numbers, for a step over them all.

    Raises:
        ConfigError: They stay on disk.
    """
    train = dataset.train
    if isinstance(train.X, data.EncodedRows):
        raise ConfigError(
            f"training.batch_size must be less than the {len(train):,} training examples, because they "
            f"stay on disk; data.stream: false reads them into memory. Got {batch_size}."
        )
    return replace(dataset, train=replace(train, X=train.X[:]))


def network_for(config: Config, inputs: int, classes: int | None) -> Network:
    """The network of a config: two classes take one sigmoid, more a softmax, a quantity the squared loss."""
    loss = "squared" if classes is None else "sigmoid" if classes == 2 else "softmax"
    return Network(
        (inputs, *config.network.layers, (classes or 1) if loss == "softmax" else 1),
        ACTIVATIONS[config.network.activation],
        LOSSES[loss],
        Penalty(config.training.lambd, config.training.l1_ratio),
    )


def problem_for(config: Config, network: Network, train: AnyExamples, dev: AnyExamples) -> Problem:
    """The training that a config describes, on these examples."""
    training = config.training
    return Problem(
        network=network,
        train=train,
        dev=dev,
        optimizer=training.optimizer,
        learning_rate=training.learning_rate,
        batch_size=None if training.batch_size == "full" else min(training.batch_size, len(train)),
        epochs=training.epochs,
        keep_prob=config.network.keep_probs,
        seed=config.seed,
        schedule=Schedule(training.schedule.kind, training.schedule.settings),
        metric=config.recipe.metric,
    )


def lay_out(
    part: data.Part, network: Network, dtype: type, class_weights: ClassWeights | None = None
) -> AnyExamples:
    """A part of the data as a network sees it; on disk, or as bytes, where the part is."""
    loss, outputs = network.loss.name, network.sizes[-1]
    weights = None if class_weights is None else np.array(class_weights)[part.y.astype(np.intp)]
    if isinstance(part.X, data.EncodedRows):
        return Streamed(part.X, part.y, loss, outputs, np.dtype(dtype), weights)
    if isinstance(part.X, data.PackedRows):
        return Packed.encode(part.X, part.y, loss, outputs, dtype, weights)
    return Examples.encode(part.X, part.y, loss, outputs, dtype, weights)


def _contents(part: data.Part, encoder: data.Encoder) -> Iterator[bytes | memoryview]:
    """What changes with the inputs of a part: they all, or where they are on disk, a thousand and the scales.

    The scales are of every training row, so that a change shows without reading everything once more.
    """
    if isinstance(part.X, data.EncodedRows):
        some = part.X[np.linspace(0, len(part) - 1, min(1000, len(part))).astype(np.int64)]
        yield some.tobytes() + encoder.mean.tobytes() + encoder.scale.tobytes()
        return
    for start in range(0, len(part), 1024):
        yield part.X[start : start + 1024].data


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


def settings_for(config: Config, problem: Problem, task: data.Task, image: Shape | None = None) -> Settings:
    """What a diagnosis looks at, with the config's defaults resolved."""
    augmentation = problem.augmentation
    return Settings(
        task=task,
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
        image=image,
        shift=augmentation.shift if augmentation else 0,
        flip=augmentation.flip if augmentation else (),
    )
