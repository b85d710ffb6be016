"""Gradient checks: the structured one against the lecture's formula and PyTorch's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch

from benchmarks import goals
from benchmarks.rows import Row
from benchmarks.timing import Cost, clocked, interleaved
from dlrecipe.gradcheck import check_network
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, initialize

if TYPE_CHECKING:
    from benchmarks.timing import Contender

EXAMPLES = 16
LARGE = 10_000
"""Parameters from which the slow ways check a part of them, and their time is scaled up."""


def rows(*, quick: bool) -> Iterator[Row]:
    """All parameters of two networks; the note says what the slow ways were run on."""
    for sizes, wanted in goals.GRADIENTS.items():
        problem = Problem(sizes)
        large = problem.network.layout.size > LARGE
        part = (0.005 if quick else 0.05) if large else 1.0
        measured = interleaved(problem.contenders(part), 3 if quick else 7)
        for name in ("naive", "torch"):
            ratio = measured[name].over(measured["fast"])
            yield Row(
                "gradient check of all parameters",
                "-".join(map(str, sizes)),
                name,
                ratio.median,
                wanted.get(name),
                spread=ratio.spread,
                wall=measured[name].over(measured["fast"], "wall").median,
                note=f"{name} on {100 * problem.checked(name, part):.2g} % of them, scaled" if large else "",
                detail={which: cost.to_dict() for which, cost in measured.items()},
            )


class Problem:
    """A ReLU network with a softmax, and a batch as digits have it: four pixels of five are 0."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        rng = np.random.default_rng(0)
        self.network = Network(sizes, ACTIVATIONS["relu"], LOSSES["softmax"])
        self.theta = initialize(self.network.layout, "he", rng)
        self.X = np.where(rng.random((EXAMPLES, sizes[0])) < 0.8, 0, rng.random((EXAMPLES, sizes[0])))
        self.Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], EXAMPLES)]
        self._order = rng.permutation(len(self.theta))

    def contenders(self, part: float) -> dict[str, Contender]:
        """The three checks; the slow ones on a part, their cost as if on all."""

        def scaled(work: Callable[[], object], share: float) -> Cost:
            cost = clocked(work)
            return Cost(cost.cpu / share, cost.wall / share)

        fast = partial(check_network, self.network, self.theta, self.X, self.Y)
        return {
            "fast": partial(clocked, fast),
            "naive": partial(scaled, partial(self.naive, part), self.checked("naive", part)),
            "torch": partial(scaled, partial(self.pytorch, part), self.checked("torch", part)),
        }

    def checked(self, name: str, part: float) -> float:
        """The share of the parameters that a slow way checks when a part of them is asked for."""
        if name == "naive" or part == 1:
            return part
        n_in, n_out = self.network.sizes[:2]
        return 1 - n_in * n_out / self.network.layout.size

    def naive(self, part: float) -> list[float]:
        """The lecture's formula: J twice for every parameter."""
        moved, differences = self.theta.copy(), []
        for i in self._order[: max(1, int(part * len(moved)))]:
            moved[i] = self.theta[i] + 1e-7
            above = self.network.cost(moved, self.X, self.Y)
            moved[i] = self.theta[i] - 1e-7
            differences.append((above - self.network.cost(moved, self.X, self.Y)) / 2e-7)
            moved[i] = self.theta[i]
        return differences

    def pytorch(self, part: float) -> bool:
        """`gradcheck` of all blocks; of a part, all but W[1], whose entries cost the same forward passes."""
        X, target = torch.tensor(self.X), torch.tensor(self.Y.argmax(axis=1))
        layers = self.network.layout.layers(self.theta)
        blocks = [torch.tensor(block) for layer in layers for block in layer]
        fixed = [] if part == 1 else [blocks.pop(0)]

        def cost(*moved: torch.Tensor) -> torch.Tensor:
            every, A = [*fixed, *moved], X
            for l in range(0, len(every), 2):
                A = torch.nn.functional.linear(torch.relu(A) if l else A, every[l], every[l + 1])
            return torch.nn.functional.cross_entropy(A, target)

        return torch.autograd.gradcheck(cost, [block.requires_grad_() for block in blocks], eps=1e-6)
