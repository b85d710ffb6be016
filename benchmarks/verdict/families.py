"""Kinds of problems whose best possible error is known: for every x, what y may be, and how likely.

Each draws inputs, and knows the exact posterior P(class | x), or the mean of y given x and its noise.
A shift moves where inputs come from and leaves what holds at each x as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Family(Protocol):
    """A distribution of inputs and, at each of them, of targets."""

    def inputs(self, rng: np.random.Generator, n: int, shift: float = 0.0) -> Floats:
        """Draw n inputs (n × n_x), `shift` standard deviations away from the training distribution."""

    def knowledge(self, X: Floats) -> Floats:
        """P(class | x), (n × classes); for a regression the mean of y, (n,)."""


@dataclass(frozen=True)
class Cloud:
    """Normal inputs with correlated columns, moved along one direction by a shift."""

    mixing: Floats
    direction: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, n_x: int) -> Cloud:
        """Columns that share a few hidden causes, more or less."""
        shared = rng.uniform(0, 1) * rng.normal(size=(n_x, n_x)) / np.sqrt(n_x)
        direction = rng.normal(size=n_x)
        return cls(np.eye(n_x) + shared, direction / np.linalg.norm(direction))

    def __call__(self, rng: np.random.Generator, n: int, shift: float) -> Floats:
        """Draw n inputs."""
        X = rng.normal(size=(n, len(self.direction)))
        return (X * (1 + 0.3 * shift) + shift * self.direction) @ self.mixing


@dataclass(frozen=True)
class Teacher:
    """The outputs of a random network, as logits of the classes or as the mean of a regression."""

    cloud: Cloud
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    wavy: bool
    sharpness: float
    flipped: float

    @classmethod
    def draw(cls, rng: np.random.Generator, n_x: int, outputs: int) -> Teacher:
        """One or two hidden layers of 2 to 12 units, tanh or sine, outputs of unit variance."""
        sizes = [n_x, *(int(rng.integers(2, 13)) for _ in range(rng.integers(1, 3))), outputs]
        gain = rng.uniform(0.8, 3.0)
        shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
        weights = tuple(gain * rng.normal(size=shape) / np.sqrt(shape[1]) for shape in shapes)
        biases = tuple(rng.normal(size=size) for size in sizes[1:])
        teacher = cls(Cloud.draw(rng, n_x), weights, biases, bool(rng.random() < 0.3), 1.0, 0.0)
        outputs_seen = teacher.outputs(teacher.inputs(rng, 2000))
        spread = outputs_seen.std(0) + 1e-9
        scaled = (*weights[:-1], weights[-1] / spread[:, np.newaxis])
        centred = (*biases[:-1], (biases[-1] - outputs_seen.mean(0)) / spread)
        sharpness, flipped = 10 ** rng.uniform(0.3, 1.5), rng.choice([0.0, rng.uniform(0, 0.3)])
        return cls(teacher.cloud, scaled, centred, teacher.wavy, float(sharpness), float(flipped))

    def outputs(self, X: Floats) -> Floats:
        """The teacher's last layer, (n × outputs)."""
        A = X
        for W, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            Z = A @ W.T + b
            A = np.sin(Z) if self.wavy else np.tanh(Z)
        return A @ self.weights[-1].T + self.biases[-1]

    def inputs(self, rng: np.random.Generator, n: int, shift: float = 0.0) -> Floats:
        """Draw n inputs."""
        return self.cloud(rng, n, shift)

    def knowledge(self, X: Floats) -> Floats:
        """Softmax of the sharpened outputs, some labels flipped to any class; one output is a mean."""
        Z = self.outputs(X)
        if Z.shape[1] == 1:
            return Z[:, 0]
        return flip(softmax(self.sharpness * Z), self.flipped)


@dataclass(frozen=True)
class Mixture:
    """Each class a few normal clouds of their own place and width."""

    means: Floats  # components × n_x
    widths: Floats  # components × n_x
    owners: NDArray[np.int64]  # class of each component
    classes: int
    flipped: float

    @classmethod
    def draw(cls, rng: np.random.Generator, n_x: int, classes: int) -> Mixture:
        """One to four clouds a class, that overlap from hardly to much."""
        owners = np.repeat(np.arange(classes), rng.integers(1, 5))
        apart = rng.uniform(0.5, 3.0) / n_x**0.25
        means = apart * rng.normal(size=(len(owners), n_x))
        widths = rng.uniform(0.5, 1.2, size=(len(owners), n_x))
        return cls(means, widths, owners, classes, float(rng.choice([0.0, rng.uniform(0, 0.25)])))

    def inputs(self, rng: np.random.Generator, n: int, shift: float = 0.0) -> Floats:
        """Draw n inputs, each from a cloud drawn at random."""
        at = rng.integers(len(self.owners), size=n)
        noise = rng.normal(size=(n, self.means.shape[1])) * (1 + 0.3 * shift)
        return self.means[at] + self.widths[at] * noise + shift * self.means[0] / 2

    def knowledge(self, X: Floats) -> Floats:
        """Bayes' rule over the clouds."""
        densities = np.stack(
            [
                -0.5 * (((X - mean) / width) ** 2).sum(1) - np.log(width).sum()
                for mean, width in zip(self.means, self.widths, strict=True)
            ],
            axis=1,
        )
        component = softmax(densities)
        return flip(component @ np.eye(self.classes)[self.owners], self.flipped)


@dataclass(frozen=True)
class Pattern:
    """Classes in rings or stripes of a few of the inputs, or the sign of a product: hard for a line."""

    cloud: Cloud
    used: int
    kind: str
    frequency: float
    classes: int
    flipped: float

    @classmethod
    def draw(cls, rng: np.random.Generator, n_x: int, classes: int) -> Pattern:
        """One to three of the inputs decide, the others are noise."""
        kind = str(rng.choice(["rings", "stripes", "product"]))
        used = min(n_x, int(rng.integers(2 if kind == "product" else 1, 4)))
        classes = 2 if kind == "product" else classes
        flipped = rng.choice([0.02, rng.uniform(0, 0.3)])
        return cls(Cloud.draw(rng, n_x), used, kind, float(rng.uniform(0.7, 2.5)), classes, float(flipped))

    def inputs(self, rng: np.random.Generator, n: int, shift: float = 0.0) -> Floats:
        """Draw n inputs."""
        return self.cloud(rng, n, shift)

    def knowledge(self, X: Floats) -> Floats:
        """The class of the pattern, some labels flipped."""
        Z = X[:, : self.used]
        if self.kind == "product":
            label = (Z.prod(1) > 0).astype(int)
        elif self.kind == "rings":
            label = np.floor(self.frequency * np.linalg.norm(Z, axis=1)).astype(int) % self.classes
        else:
            label = np.floor(self.frequency * Z.sum(1)).astype(int) % self.classes
        return flip(np.eye(self.classes)[label], self.flipped)


def softmax(Z: Floats) -> Floats:
    """Rows of probabilities."""
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


def flip(P: Floats, flipped: float) -> Floats:
    """Of every example this part gets a label drawn from all classes."""
    return (1 - flipped) * P + flipped / P.shape[1]
