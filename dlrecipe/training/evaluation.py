"""Loss and error of a theta on examples, in chunks that fit the cache."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import Epoch, Score
from dlrecipe.training.batch import Forward
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.streams import stream
from dlrecipe.training.sums import SUMS, Sums

if TYPE_CHECKING:
    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.kernels import Kernels
    from dlrecipe.training.problem import Examples, Problem

CHUNK = 1024
"""Examples per forward pass; fixed, because another size would change the last bits."""

SAMPLE = 10_000
"""Training examples at most that an epoch's J is measured on; the final figures use all."""


class Evaluator:
    """Mean loss and error on one set of examples, for one theta that is updated in place."""

    def __init__(self, network: Network, theta: Floats, examples: Examples, kernels: Kernels = PLAIN) -> None:
        forward = Forward(network, theta, min(CHUNK, len(examples)), kernels)
        self._network, self._m = network, len(examples)
        self._chunks = []
        for start in range(0, len(examples), CHUNK):
            X, Y = examples.X[start : start + CHUNK], examples.Y[start : start + CHUNK]
            Z, calls = forward.of(X)
            self._chunks.append((Z, Y, calls, SUMS.get(network.loss.name, Sums)(network.loss, Z, Y)))

    def __call__(self) -> tuple[float, float]:
        """(mean loss in nats, mean error as a fraction) of theta as it is now."""
        total_loss = total_error = 0.0
        for _, _, calls, sums in self._chunks:
            for call in calls:
                call()
            loss, error = sums()
            total_loss += loss
            total_error += error
        return total_loss / self._m, total_error / self._m

    def score(self) -> Score:
        """The same with the spread of the single errors."""
        squares = 0.0
        for Z, Y, calls, _ in self._chunks:
            for call in calls:
                call()
            squares += float(np.square(self._network.loss.error(Z, Y), dtype=np.float64).sum())
        loss, error = self()
        return Score(self._m, error, loss, math.sqrt(max(0.0, squares / self._m - error**2)))


def score(network: Network, theta: Floats, examples: Examples) -> Score:
    """Loss and error of theta on all examples, the penalty left out."""
    with np.errstate(all="ignore"):
        return Evaluator(network, theta, examples).score()


class Monitor:
    """What is measured after every epoch: J on the training set or its fixed sample, and the dev set."""

    def __init__(self, problem: Problem, theta: Floats, kernels: Kernels) -> None:
        train = problem.train
        if problem.m > SAMPLE:
            rng = stream(problem.seed, "sample")
            train = train.rows(np.sort(rng.choice(problem.m, SAMPLE, replace=False)))
        self._train = Evaluator(problem.network, theta, train, kernels)
        self._dev = Evaluator(problem.network, theta, problem.dev, kernels)
        self._weights = theta[problem.network.layout.weights]
        self._penalty, self._m = problem.network.penalty, problem.m

    def __call__(self, epoch: int, seconds: float, learning_rate: float) -> Epoch:
        """Measure theta as it is now."""
        with np.errstate(all="ignore"):
            loss, train_error = self._train()
            dev_loss, dev_error = self._dev()
            penalty = self._penalty.value(self._weights, self._m)
            norm = math.sqrt(float(self._weights @ self._weights))
        return Epoch(
            epoch,
            seconds,
            loss + penalty,
            loss,
            penalty,
            train_error,
            dev_loss,
            dev_error,
            norm,
            learning_rate,
        )
