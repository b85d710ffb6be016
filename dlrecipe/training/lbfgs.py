"""L-BFGS over the full batch, with the orthant-wise step that makes L1 zeros exact.

Source: Nocedal & Wright 2006, algorithm 7.4 (two-loop recursion); Andrew & Gao 2007 (OWL-QN).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.training.problem import Problem

MEMORY = 20
"""Pairs of steps and gradient changes that are remembered."""

FLAT = 1e-9
"""Largest (pseudo-)gradient entry at which the optimum counts as reached."""

SUFFICIENT = 1e-4
"""Armijo's constant: the share of the promised decrease that a step must bring."""

HALVINGS = 40
"""How often a step is halved before no lower point is believed to exist along it."""


class Lbfgs:
    """One iteration at a time on a fixed theta; all memory is in `slots`, so that a run can be resumed."""

    def __init__(self, problem: Problem, theta: Floats, slots: dict[str, Floats]) -> None:
        self._problem = problem
        self._theta = theta
        self._slots = slots
        self._l1 = np.zeros_like(theta)
        self._l1[problem.network.layout.weights] = problem.network.penalty.l1(problem.m)
        self._cost, self._gradient = self._evaluate(theta)

    @staticmethod
    def empty(theta: Floats) -> dict[str, Floats]:
        """The memory before the first iteration: `steps` s, `changes` y, and how many are `filled`."""
        shape = (MEMORY, theta.size)
        return {"steps": np.zeros(shape), "changes": np.zeros(shape), "filled": np.zeros(1)}

    @property
    def _filled(self) -> int:
        """How many pairs are remembered; a number in its range also where a file says another."""
        return int(np.clip(np.nan_to_num(self._slots["filled"][0]), 0, MEMORY))

    def iterate(self) -> bool:
        """Take one step. Returns False where theta is (to rounding) the optimum and was left as it is."""
        slope = self._pseudo_gradient()
        if np.abs(slope).max() <= FLAT:
            return False
        if self._filled:
            if self._search(self._direction(slope), slope):
                return True
            self._slots["filled"][0] = 0
        return self._search(self._steepest(slope), slope)

    def _evaluate(self, theta: Floats) -> tuple[float, Floats]:
        """J, and the gradient of J without its L1 part."""
        train = self._problem.in_memory
        J, g = self._problem.network.objective(theta, train.X, train.Y, weights=train.weights)
        return J, g - self._l1 * np.sign(theta)

    def _pseudo_gradient(self) -> Floats:
        """The subgradient of J of least size: 0 where w = 0 and |dloss/dw| is within the L1 slope."""
        theta, g = self._theta, self._gradient
        shrunk = np.sign(g) * np.maximum(np.abs(g) - self._l1, 0)
        return np.where(theta == 0, shrunk, g + self._l1 * np.sign(theta))

    def _steepest(self, slope: Floats) -> Floats:
        """Straight downhill, at most one unit far: where there is no memory of the curvature yet."""
        largest = float(np.abs(slope).max())  # taken out first: the square of 1e200 is no number
        shape = slope / largest
        return -shape * min(largest, 1 / float(np.sqrt(shape @ shape)))

    def _direction(self, slope: Floats) -> Floats:
        """−H·slope by the two-loop recursion; with L1, only entries that go downhill."""
        filled = self._filled
        S, C = self._slots["steps"][-filled:], self._slots["changes"][-filled:]
        curvatures = np.einsum("ij,ij->i", S, C)
        q, shares = slope.copy(), np.zeros(filled)
        for i in range(filled - 1, -1, -1):
            shares[i] = S[i] @ q / curvatures[i]
            q -= shares[i] * C[i]
        q *= curvatures[-1] / (C[-1] @ C[-1])
        for i in range(filled):
            q += (shares[i] - C[i] @ q / curvatures[i]) * S[i]
        return np.where((self._l1 > 0) & (q * slope <= 0), 0, -q)

    def _search(self, direction: Floats, slope: Floats) -> bool:
        """Halve the step until J falls enough, stay in the orthant, and remember the step taken."""
        theta, l1 = self._theta, self._l1
        orthant = np.where(theta == 0, -np.sign(slope), np.sign(theta))
        length = 1.0
        for _ in range(HALVINGS):
            tried = theta + length * direction
            tried[(l1 > 0) & (tried * orthant <= 0)] = 0
            moved = tried - theta
            promised = float(slope @ moved)
            cost, gradient = self._evaluate(tried)
            if promised < 0 and cost <= self._cost + SUFFICIENT * promised and cost < self._cost:
                self._remember(moved, gradient - self._gradient)
                theta[:] = tried
                self._cost, self._gradient = cost, gradient
                return True
            length /= 2
        return False

    def _remember(self, moved: Floats, change: Floats) -> None:
        """Append a pair to the memory, unless the curvature along it is not positive."""
        curvature = float(moved @ change)
        if curvature <= 1e-10 * float(change @ change) * 1e-6:
            return
        slots = self._slots
        for name, vector in (("steps", moved), ("changes", change)):
            slots[name][:-1] = slots[name][1:]
            slots[name][-1] = vector
        slots["filled"][0] = min(slots["filled"][0] + 1, MEMORY)
