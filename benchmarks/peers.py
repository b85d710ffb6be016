"""The peers, each as its own documentation recommends, doing the same work on the same arrays."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

from benchmarks.timing import Cost
from dlrecipe.training.evaluation import SAMPLE
from dlrecipe.training.loop import start
from dlrecipe.training.streams import stream

if TYPE_CHECKING:
    from benchmarks.timing import Contender
    from benchmarks.workloads import Integers as Labels
    from benchmarks.workloads import Workload
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn.arrays import Floats

RATE = 1e-3


def _sets(prepared: Prepared) -> tuple[tuple[Floats, Any], ...]:
    """(X, y) of train, dev, and the sample of train that dlrecipe evaluates on."""
    train, dev = prepared.dataset.train, prepared.dataset.dev
    rows = np.arange(len(train))
    if len(train) > SAMPLE:
        rows = np.sort(stream(0, "sample").choice(len(train), SAMPLE, replace=False))
    return (train.X, train.y), (dev.X, dev.y), (train.X[rows], train.y[rows])


def _per_epoch(epochs: int, epoch: Callable[[], object], evaluate: Callable[[], float]) -> Cost:
    evaluate()
    cpu, wall = time.process_time(), time.perf_counter()
    loss = 0.0
    for _ in range(epochs):
        epoch()
        loss = evaluate()
    return Cost((time.process_time() - cpu) / epochs, (time.perf_counter() - wall) / epochs, loss)


def scikit_learn(workload: Workload, prepared: Prepared, epochs: int) -> Contender:
    """`MLPClassifier.partial_fit`, an epoch at a time. It has no dropout, and so less to do there."""
    (X, y), dev, sample = _sets(prepared)
    batch = workload.batch or len(X)

    def run() -> Cost:
        model = MLPClassifier(
            workload.layers,
            batch_size=batch,
            learning_rate_init=RATE,
            alpha=workload.lambd * batch / workload.m,
            random_state=0,
        )
        model.partial_fit(X[:batch], y[:batch], classes=np.arange(workload.classes))
        for l, (W, b) in enumerate(_start(prepared)):
            model.coefs_[l][:], model.intercepts_[l][:] = W.T, b
        del model._optimizer  # noqa: SLF001  # its moments are of other parameters; partial_fit makes a new one

        def evaluate() -> float:
            losses = []
            for inputs, labels in (dev, sample):
                P = model.predict_proba(inputs)
                losses.append(-np.log(np.maximum(P[np.arange(len(labels)), labels], 1e-30)).mean())
                (P.argmax(axis=1) != labels).mean()
            return float(losses[-1])

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _per_epoch(epochs, lambda: model.partial_fit(X, y), evaluate)

    return run


def pytorch(workload: Workload, prepared: Prepared, epochs: int, *, compiled: bool = False) -> Contender:
    """`nn.Sequential` with fused Adam, data in tensors, batches by index; L2 as decay of the weights."""
    (X, y), dev, sample = _sets(prepared)
    binary = workload.classes == 2

    def tensors(inputs: Floats, labels: Labels) -> tuple[torch.Tensor, torch.Tensor]:
        target = torch.tensor(labels, dtype=torch.float32)[:, None] if binary else torch.tensor(labels)
        return torch.from_numpy(inputs), target

    data, evaluated = tensors(X, y), [tensors(*dev), tensors(*sample)]
    loss_of = torch.nn.BCEWithLogitsLoss() if binary else torch.nn.CrossEntropyLoss()

    model = _network(workload)
    forward: Callable[..., torch.Tensor] = (
        _compiled(model) if compiled else model
    )  # once; every repetition starts from new parameters

    def run() -> Cost:
        _restart(model, _start(prepared))
        optimizer = _adam(model, workload.lambd / workload.m)

        def epoch() -> None:
            model.train()
            order = torch.randperm(len(X)) if workload.batch else None
            for first in range(0, len(X), workload.batch or len(X)):
                rows = None if order is None else order[first : first + (workload.batch or 0)]
                inputs, target = data if rows is None else (part.index_select(0, rows) for part in data)
                optimizer.zero_grad(set_to_none=True)
                loss_of(forward(inputs), target).backward()
                optimizer.step()

        def evaluate() -> float:
            model.eval()
            with torch.no_grad():
                loss = torch.tensor(0.0)
                for inputs, target in evaluated:
                    Z = model(inputs)
                    loss = loss_of(Z, target)
                    wrong = ((Z > 0) != (target > 0)) if binary else (Z.argmax(1) != target)
                    wrong.float().mean()
                return float(loss)

        return _per_epoch(epochs, epoch, evaluate)

    return run


def _compiled(model: torch.nn.Sequential) -> Callable[..., torch.Tensor]:
    torch.compiler.reset()
    compiled: Callable[..., torch.Tensor] = torch.compile(model, dynamic=True)
    return compiled


def _adam(model: torch.nn.Sequential, decay: float) -> torch.optim.Adam:
    """Adam with the L2 penalty in the gradient of the weights, and none on the biases."""
    parts: dict[bool, list[torch.Tensor]] = {True: [], False: []}
    for parameter in model.parameters():
        parts[parameter.ndim == 2].append(parameter)
    groups: list[dict[str, Any]] = [{"params": parts[True], "weight_decay": decay}, {"params": parts[False]}]
    return torch.optim.Adam(groups, lr=RATE, fused=True)


def _restart(model: torch.nn.Sequential, layers: list[tuple[Floats, Floats]]) -> None:
    torch.manual_seed(0)
    linear = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for layer, (W, b) in zip(linear, layers, strict=True):
            layer.weight.copy_(torch.from_numpy(W))
            layer.bias.copy_(torch.from_numpy(b))


def _start(prepared: Prepared) -> list[tuple[Floats, Floats]]:
    """The parameters that dlrecipe starts from: everyone does, so that equal work gives equal losses."""
    problem = prepared.problem
    return problem.network.layout.layers(start(problem, prepared.config.network.init).theta)


def _network(workload: Workload) -> torch.nn.Sequential:
    layers: list[torch.nn.Module] = []
    for n_in, n_out in zip(workload.sizes[:-2], workload.sizes[1:-1], strict=True):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
        if workload.keep_prob < 1:
            layers.append(torch.nn.Dropout(1 - workload.keep_prob))
    return torch.nn.Sequential(*layers, torch.nn.Linear(workload.sizes[-2], workload.sizes[-1]))
