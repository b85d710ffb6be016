"""A training in memory, by the functions that the commands use, and what is kept of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from sklearn.exceptions import ConvergenceWarning

from dlrecipe.experiments.diagnosing import diagnose_training, judged_by
from dlrecipe.experiments.engine import choose_engine, limited
from dlrecipe.experiments.fit import fit
from dlrecipe.experiments.prepare import problem_for, settings_for
from dlrecipe.training import Schedule, epochs, score, start

if TYPE_CHECKING:
    from dlrecipe.config import Config
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results import Diagnosis, Epoch, Score, Settings
    from dlrecipe.results.diagnosis import Task
    from dlrecipe.results.training import Stopped
    from dlrecipe.training import Examples, State


@dataclass(frozen=True, eq=False)
class Trained:
    """A network with its parameters, and how it came to them.

    Attributes:
        config: What it was trained with.
        network: What is computed.
        state: The parameters, and the optimiser's memory to go on from.
        history: All evaluations.
        best_epoch: The epoch the parameters are from.
        stopped: Why the training ended.
        settings: What a diagnosis looks at.
        train, dev: How it does on the examples it was trained on, and on those it was not.
    """

    config: Config
    network: Network
    state: State
    history: tuple[Epoch, ...]
    best_epoch: int
    stopped: Stopped
    settings: Settings
    train: Score
    dev: Score | None

    @classmethod
    def anew(cls, config: Config, network: Network, train: Examples, dev: Examples | None) -> Self:
        """Train from the beginning; without dev examples for all epochs."""
        config = config if dev else without_patience(config)
        problem = problem_for(config, network, train, dev or train)
        engine = choose_engine(config, problem)
        with limited(engine.threads):
            fitted = fit(problem, config, engine.load_kernels(), InMemory())
        if fitted.stopped == "interrupted":
            raise KeyboardInterrupt
        if fitted.stopped == "diverged":
            warnings.warn("The training diverged: lower learning_rate.", ConvergenceWarning, stacklevel=3)
        fitted.state.theta[:] = fitted.theta
        return cls(
            config=config,
            network=network,
            state=fitted.state,
            history=fitted.history,
            best_epoch=fitted.best_epoch,
            stopped=fitted.stopped,
            settings=settings_for(config, problem, _task(network)),
            train=score(network, fitted.theta, train),
            dev=score(network, fitted.theta, dev) if dev else None,
        )

    @classmethod
    def one_epoch(cls, config: Config, network: Network, train: Examples, past: Trained | None) -> Self:
        """Pass over the examples once, from where the past training stands; the rate stays constant."""
        config = without_patience(config)
        problem = problem_for(config, network, train, train)
        state = past.state.copy() if past else start(problem, config.network.init)
        problem = replace(problem, epochs=state.epoch + 1, schedule=Schedule())
        engine = choose_engine(config, problem)
        with limited(engine.threads):
            history = tuple(epochs(problem, state, engine.load_kernels()))
        return cls(
            config=config,
            network=network,
            state=state,
            history=(*(past.history if past else ()), *history),
            best_epoch=state.epoch,
            stopped="epochs",
            settings=settings_for(config, problem, _task(network)),
            train=score(network, state.theta, train),
            dev=None,
        )

    def outputs(self, X: Floats) -> Floats:
        """Ŷ of scaled inputs."""
        return self.network.predict(self.state.theta, X)

    def diagnose(self, config: Config, dev: Score) -> Diagnosis:
        """The verdict by the yardsticks of a config's `recipe` section."""
        return diagnose_training(
            judged_by(config),
            self.settings,
            self.history,
            scores=(self.train, dev, None),
            end=(self.stopped, self.best_epoch, self.network.layout.size),
            command=None,
        )


class InMemory:
    """Keeps nothing of a training on disk: one that is interrupted is not resumed."""

    def epoch_ended(self, state: State, best: Floats, history: list[Epoch]) -> None:
        """Let it pass."""


def without_patience(config: Config) -> Config:
    """The same config, for a training that nothing watches."""
    training = config.training.model_copy(update={"patience": None})
    return config.model_copy(update={"training": training})


def _task(network: Network) -> Task:
    return "regression" if network.loss.name == "squared" else "classification"
