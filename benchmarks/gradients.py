"""Gradient checks: the structured one against the lecture's formula and PyTorch's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import torch

from benchmarks.rows import Row
from benchmarks.timing import Cost, clocked, interleaved
from dlrecipe.gradcheck import check_network
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, initialize

if TYPE_CHECKING:
    from benchmarks.timing import Contender

EXAMPLES = 16
GOALS = {(784, 128, 10): {"naive": 150.0, "torch": 300.0}, (64, 32, 16, 10): {"naive": 12.0}}


def rows(*, quick: bool) -> Iterator[Row]:
    """All parameters of two networks; slow ways are run on a part of them and scaled up, as the note says."""
    for sizes, goals in GOALS.items():
        large = sizes[0] > 100
        part = (0.01 if quick else 0.05) if large else 1.0
        measured = interleaved(_contenders(sizes, part), 3 if quick else 7)
        for name, goal in {"torch": None, **goals}.items():
            yield Row(
                "gradient check of all parameters",
                "-".join(map(str, sizes)),
                name,
                measured[name].cpu / measured["fast"].cpu,
                goal,
                note="" if part == 1 else f"{name} on {100 * part:g} % of them, scaled",
                detail={name: cost.to_dict() for name, cost in measured.items()},
            )


def _contenders(sizes: tuple[int, ...], part: float) -> dict[str, Contender]:
    rng = np.random.default_rng(0)
    network = Network(sizes, ACTIVATIONS["relu"], LOSSES["softmax"])
    theta = initialize(network.layout, "he", rng)
    X = np.where(rng.random((EXAMPLES, sizes[0])) < 0.8, 0, rng.random((EXAMPLES, sizes[0])))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], EXAMPLES)]
    entries = rng.permutation(len(theta))[: max(1, int(part * len(theta)))]

    def naive() -> None:
        moved = theta.copy()
        for i in entries:
            moved[i] = theta[i] + 1e-7
            above = network.cost(moved, X, Y)
            moved[i] = theta[i] - 1e-7
            (above - network.cost(moved, X, Y)) / 2e-7
            moved[i] = theta[i]

    inputs, target, weights = torch.tensor(X), torch.tensor(Y.argmax(1)), torch.tensor(theta)

    def torch_cost(some: torch.Tensor) -> torch.Tensor:
        flat = weights.index_put((torch.tensor(entries),), some)
        A, layers = inputs, network.layout.layers(np.arange(len(theta)))
        for l, (W, b) in enumerate(layers):
            first, size = int(W.flat[0]), W.size
            Z = A @ flat[first : first + size].view(W.shape).T + flat[int(b[0]) : int(b[0]) + b.size]
            A = torch.relu(Z) if l < len(layers) - 1 else Z
        return torch.nn.functional.cross_entropy(A, target)

    def peer() -> None:
        some = weights[torch.tensor(entries)].clone().requires_grad_()
        torch.autograd.gradcheck(torch_cost, (some,), eps=1e-6, atol=1e-4)

    def scaled(cost: Cost) -> Cost:
        return Cost(cost.cpu / part, cost.wall / part)

    return {
        "fast": lambda: clocked(lambda: check_network(network, theta, X, Y)),
        "naive": lambda: scaled(clocked(naive)),
        "torch": lambda: scaled(clocked(peer)),
    }
