"""Train what a config of the lecture says, in memory: no run folder is left."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Literal

import numpy as np

from dlrecipe.config import load_config
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import prepare
from dlrecipe.training import Examples, epochs, score, start, until_stale

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Epoch, Score


def shipped(name: str) -> Traversable:
    """A file of the lecture that came with the package."""
    return files("dlrecipe.lecture") / "configs" / name


def prepared(name: str, **overrides: object) -> Prepared:
    """A config of the lecture with its data at hand.

    Args:
        name: Stem of the config's file.
        overrides: Values by key, the section and the key joined by `__`, as in `training__lambda=1`.
    """
    with as_file(shipped(f"{name}.yaml")) as file:
        values = {key.replace("__", "."): value for key, value in overrides.items()}
        return prepare(load_config(file, values))


@dataclass(frozen=True)
class Trained:
    """A training that ended.

    Attributes:
        prepared: The config and its data.
        theta: The returned parameters: the best evaluation's with early stopping, else the last.
        history: Every evaluation, the one before training first.
        best_epoch: Where theta is from.
    """

    prepared: Prepared
    theta: Floats
    history: tuple[Epoch, ...]
    best_epoch: int

    @property
    def network(self) -> Network:
        """The network."""
        return self.prepared.problem.network

    @property
    def weights(self) -> Floats:
        """All weights of theta, without the biases."""
        return self.theta[self.network.layout.weights]

    @property
    def train(self) -> Score:
        """Its score on the training examples."""
        return score(self.network, self.theta, self.prepared.problem.train)

    @property
    def dev(self) -> Score:
        """Its score on the dev examples."""
        return score(self.network, self.theta, self.prepared.problem.dev)

    @property
    def test(self) -> Score:
        """Its score on the test examples."""
        return score(self.network, self.theta, part(self.prepared, "test"))


def train(what: Prepared) -> Trained:
    """Train to the end, or until patience ends it, on one thread."""
    problem, patience = what.problem, what.config.training.patience
    state = start(problem, what.config.network.init)
    theta, best_epoch, history = state.theta.copy(), 0, []
    with limited(1):
        for epoch, better in until_stale(epochs(problem, state), patience):
            history.append(epoch)
            if better or patience is None:
                best_epoch, theta = epoch.epoch, state.theta.copy()
    return Trained(what, theta, tuple(history), best_epoch)


def trained(name: str, **overrides: object) -> Trained:
    """Prepare and train a config of the lecture; see `prepared`."""
    return train(prepared(name, **overrides))


def part(what: Prepared, name: Literal["train", "dev", "test", "train_dev"]) -> Examples:
    """A part of the data in memory, as the network sees it.

    Raises:
        ValueError: The config makes no such part.
    """
    found = getattr(what.dataset, name)
    examples = what.examples(found) if found else None
    if not isinstance(examples, Examples):
        raise ValueError(f"{what.config.name} has no part {name} in memory")  # noqa: TRY004  # one mistake of ours
    return examples


def in_float64(examples: Examples) -> Examples:
    """The same examples in double precision."""
    return Examples(examples.X.astype(np.float64), examples.Y.astype(np.float64))
