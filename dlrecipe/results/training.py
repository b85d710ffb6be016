"""What a training leaves behind: its epochs, its scores and the settings it was run with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dlrecipe.results.base import Value
from dlrecipe.results.checksum import SealedDocument
from dlrecipe.results.diagnosis import Diagnosis, Task
from dlrecipe.results.inspection import Inspection

MetricName = Literal["error", "balanced_error", "f1", "auc"]
Stopped = Literal["epochs", "patience", "converged", "diverged", "interrupted"]


class Epoch(NamedTuple):
    """One evaluation, a row of `history.csv`; epoch 0 is before training.

    `cost` is J = `loss` + `penalty` in nats (regression: half squared deviations of the target), without
    dropout; errors are fractions; `seconds` since the training began; `learning_rate` is the one used in
    the epoch that just ended.
    """

    epoch: int
    seconds: float
    cost: float
    loss: float
    penalty: float
    train_error: float
    dev_loss: float
    dev_error: float
    weight_norm: float
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Score(Value):
    """How a model does on one part of the data.

    Attributes:
        examples: Size of the part.
        error: Fraction misclassified; regression: mean squared error / variance of the training targets.
        loss: Mean loss, without penalty.
        error_sd: Standard deviation of the single examples' contributions to `error`; its square over
            `examples` is the sampling variance of `error`. For classification sqrt(error (1 - error)).
        error_interval: 95 % interval of `error` where more than its examples decides it: bootstrapped for a
            metric which is no mean over them, widened by the spread of several seeds; else None.
    """

    examples: int
    error: float
    loss: float
    error_sd: float
    error_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Settings(Value):
    """The settings of a run that its diagnosis looks at and its suggestions change.

    `image` is height, width and channels of inputs that are pictures, else None; `shift` and `flip` are how
    those of a training step are varied.
    """

    task: Task
    inputs: int
    outputs: int
    layers: tuple[int, ...]
    activation: str
    keep_prob: tuple[float, ...]
    init: str | float
    normalize: bool
    optimizer: str
    learning_rate: float
    batch_size: int
    epochs: int
    patience: int | None
    lambd: float
    l1_ratio: float
    image: tuple[int, int, int] | None = None
    shift: int = 0
    flip: tuple[Literal["horizontal", "vertical"], ...] = ()


SETTING_KEYS = {
    "data.normalize": "normalize",
    "data.augment.shift": "shift",
    "data.augment.flip": "flip",
    "network.layers": "layers",
    "network.activation": "activation",
    "network.keep_prob": "keep_prob",
    "network.init": "init",
    "training.optimizer": "optimizer",
    "training.learning_rate": "learning_rate",
    "training.batch_size": "batch_size",
    "training.epochs": "epochs",
    "training.lambda": "lambd",
    "training.l1_ratio": "l1_ratio",
    "training.patience": "patience",
}
"""Which field of `Settings` each key of a config is, in the config's order."""


@dataclass(frozen=True, slots=True)
class Seeded(Value):
    """What the training reached with one seed, on parts of the data that all seeds share; fractions."""

    run: str
    train_error: float
    dev_error: float
    stopped: Stopped


@dataclass(frozen=True, slots=True)
class TrainingResult(SealedDocument):
    """What `train --json` prints and `result.json` holds.

    Errors, losses and `cost` are the returned model's, on the full sets; `data` is a fingerprint of all
    parts, `config` the full config that was trained, and `files` has checksums of the files beside it.
    `class_weights` is what each class counts in every loss, in the order of the classes; None for 1 each.
    `metric` is what every error is; `seeds` the same training with several, this run's first; `inspection`
    tells what the network and its inputs look like from within.
    """

    run: str
    epochs: int
    best_epoch: int
    stopped: Stopped
    parameters: int
    seconds: float
    train: Score
    dev: Score
    train_dev: Score | None
    cost: float
    penalty: float
    diagnosis: Diagnosis
    name: str
    task: Task
    settings: Settings
    environment: Mapping[str, object]
    notes: tuple[str, ...]
    data: str = ""
    class_weights: tuple[float, ...] | None = None
    metric: MetricName = "error"
    seeds: tuple[Seeded, ...] = ()
    inspection: Inspection | None = None
    config: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
