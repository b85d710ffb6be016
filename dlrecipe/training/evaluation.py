"""Loss and error of a theta on examples, in chunks that fit the cache."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.results import Epoch, Score
from dlrecipe.training.batch import Forward
from dlrecipe.training.metrics import METRICS, Metric
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.problem import Examples
from dlrecipe.training.streams import stream
from dlrecipe.training.sums import SUMS, Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.nn import Network
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.results.training import MetricName
    from dlrecipe.training.kernels import Kernels
    from dlrecipe.training.packed import AnyExamples, Packed
    from dlrecipe.training.problem import Problem
    from dlrecipe.training.streamed import Streamed

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
            weights = None if examples.weights is None else examples.weights[start : start + CHUNK]
            sums = SUMS.get(network.loss.name, Sums)(network.loss, Z, Y, weights)
            self._chunks.append((Z, Y, calls, sums))

    def __call__(self) -> tuple[float, float]:
        """(mean loss in nats, mean error as a fraction) of theta as it is now."""
        loss, error = self.add(0.0, 0.0)
        return loss / self._m, error / self._m

    def chunks(self) -> Iterator[tuple[Floats, Floats, Callable[[], tuple[float, float]]]]:
        """Z, which the next chunk overwrites, Y, and what sums up losses and errors, chunk by chunk."""
        for Z, Y, calls, sums in self._chunks:
            for call in calls:
                call()
            yield Z, Y, sums

    def add(self, loss: float, error: float) -> tuple[float, float]:
        """Add the losses and errors of all examples to those of others, in their order."""
        for _, _, sums in self.chunks():
            more_loss, more_error = sums()
            loss += more_loss
            error += more_error
        return loss, error

    def add_squares(self, squares: float) -> float:
        """Add the squared errors of all examples to those of others."""
        for Z, Y, _ in self.chunks():
            squares += float(np.square(self._network.loss.error(Z, Y), dtype=np.float64).sum())
        return squares


class PiecewiseEvaluator:
    """Mean loss and error on examples of which a piece at a time is in memory as floats; the same bits."""

    def __init__(
        self, network: Network, theta: Floats, examples: Packed | Streamed, kernels: Kernels = PLAIN
    ) -> None:
        self._evaluator = partial(Evaluator, network, theta, kernels=kernels)
        self._examples = examples

    def __call__(self) -> tuple[float, float]:
        """(mean loss in nats, mean error as a fraction) of theta as it is now."""
        loss = error = 0.0
        for piece in self._examples.pieces(CHUNK):
            loss, error = self._evaluator(piece).add(loss, error)
        return loss / len(self._examples), error / len(self._examples)


class MetricEvaluator:
    """Mean loss, and a metric's error, on one set of examples."""

    def __init__(
        self,
        network: Network,
        theta: Floats,
        examples: AnyExamples,
        metric: Metric,
        kernels: Kernels = PLAIN,
    ) -> None:
        self._evaluator = partial(Evaluator, network, theta, kernels=kernels)
        self._examples, self._metric = examples, metric

    def __call__(self) -> tuple[float, float]:
        """(mean loss in nats, the metric's error as a fraction) of theta as it is now."""
        loss, Z, Y = self.answers()
        return loss, self._metric.error(Z, Y)

    def answers(self) -> tuple[float, Floats, Floats]:
        """The mean loss, and the logits and targets of all examples."""
        loss, logits, targets = 0.0, [], []
        for piece in self._examples.pieces(CHUNK):
            for Z, Y, sums in self._evaluator(piece).chunks():
                loss += sums()[0]
                logits.append(Z.copy())
                targets.append(Y)
        return loss / len(self._examples), np.concatenate(logits), np.concatenate(targets)


def evaluator(
    network: Network,
    theta: Floats,
    examples: AnyExamples,
    kernels: Kernels = PLAIN,
    metric: MetricName = "error",
) -> Evaluator | PiecewiseEvaluator | MetricEvaluator:
    """What measures theta on these examples."""
    if metric != "error":
        return MetricEvaluator(network, theta, examples, METRICS[metric], kernels)
    if isinstance(examples, Examples):
        return Evaluator(network, theta, examples, kernels)
    return PiecewiseEvaluator(network, theta, examples, kernels)


def score(network: Network, theta: Floats, examples: AnyExamples, metric: MetricName = "error") -> Score:
    """Loss and error of theta on all examples, and the errors' spread; the penalty left out."""
    if metric != "error":
        return _score_by(METRICS[metric], network, theta, examples)
    m, (loss, error, squares) = len(examples), (0.0, 0.0, 0.0)
    with np.errstate(all="ignore"):
        for piece in examples.pieces(CHUNK):
            measured = Evaluator(network, theta, piece)
            squares = measured.add_squares(squares)
            loss, error = measured.add(loss, error)
    return Score(m, error / m, loss / m, math.sqrt(max(0.0, squares / m - (error / m) ** 2)))


def _score_by(metric: Metric, network: Network, theta: Floats, examples: AnyExamples) -> Score:
    """The same by a metric of the whole set, whose spread is found by drawing the examples again."""
    with np.errstate(all="ignore"):
        loss, Z, Y = MetricEvaluator(network, theta, examples, metric).answers()
        low, high, deviation = metric.interval(Z, Y)
    return Score(len(Z), metric.error(Z, Y), loss, deviation * math.sqrt(len(Z)), (low, high))


class Monitor:
    """What is measured after every epoch: J on the training set or its fixed sample, and the dev set."""

    def __init__(self, problem: Problem, theta: Floats, kernels: Kernels) -> None:
        train = problem.train
        if problem.m > SAMPLE:
            rng = stream(problem.seed, "sample")
            train = train.rows(np.sort(rng.choice(problem.m, SAMPLE, replace=False)))
        self._train = evaluator(problem.network, theta, train, kernels, problem.metric)
        self._dev = evaluator(problem.network, theta, problem.dev, kernels, problem.metric)
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
