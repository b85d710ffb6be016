"""Problems drawn at random: a family, its sizes, its noise, and the units its inputs are measured in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.verdict.families import Family, Floats, Mixture, Pattern, Teacher

FRESH = 8000  # examples that the true error is averaged over; with exact posteriors these tell 0.2 points


@dataclass(frozen=True)
class Sample:
    """Examples with what is truly known of them.

    Attributes:
        X: Inputs in their own units.
        y: Class indices, or the target of a regression.
        known: P(class | x), or the mean of y given x.
    """

    X: Floats
    y: Floats
    known: Floats

    def rows(self, rows: slice) -> Sample:
        """Some of the examples."""
        return Sample(self.X[rows], self.y[rows], self.known[rows])


@dataclass(frozen=True)
class Problem:
    """Something to learn, of which the best possible error is known.

    Attributes:
        family: Where examples come from.
        task: classification or regression.
        noise: Standard deviation of a regression's noise.
        units, offsets: What every input is multiplied by, and what is added then.
        m: Training examples; dev has a third of that.
        shift: How far dev and test inputs are from the training distribution.
    """

    family: Family
    task: str
    noise: float
    units: Floats
    offsets: Floats
    m: int
    shift: float

    def sample(self, rng: np.random.Generator, n: int, *, shifted: bool = False) -> Sample:
        """Draw n examples."""
        X = self.family.inputs(rng, n, self.shift if shifted else 0.0)
        known = self.family.knowledge(X)
        if self.task == "regression":
            y = known + self.noise * rng.normal(size=n)
        else:
            y = (known.cumsum(1) < rng.random((n, 1))).sum(1).clip(0, known.shape[1] - 1)
        return Sample(X * self.units + self.offsets, y, known)

    def bayes(self, sample: Sample, variance: float) -> float:
        """The least possible error; `variance` is that of a regression's training targets."""
        if self.task == "regression":
            return self.noise**2 / variance
        return float(1 - sample.known.max(1).mean())


def draw_problem(rng: np.random.Generator) -> Problem:
    """A problem of any kind, 2 to 30 inputs, 100 to 4000 training examples."""
    n_x = int(np.exp(rng.uniform(np.log(2), np.log(31))))
    classes = int(rng.choice([2, 2, 2, 3, 4, 6]))
    kind = rng.choice(["teacher", "mixture", "pattern", "regression"], p=[0.35, 0.2, 0.2, 0.25])
    if kind == "mixture":
        family: Family = Mixture.draw(rng, n_x, classes)
    elif kind == "pattern":
        family = Pattern.draw(rng, n_x, classes)
    else:
        family = Teacher.draw(rng, n_x, 1 if kind == "regression" else classes)
    badly_scaled = rng.random() < 0.4
    units = 10 ** rng.uniform(-2, 2, size=n_x) if badly_scaled else np.ones(n_x)
    offsets = units * rng.normal(0, 3, size=n_x) if badly_scaled else np.zeros(n_x)
    return Problem(
        family=family,
        task="regression" if kind == "regression" else "classification",
        noise=float(rng.uniform(0.1, 0.9)),
        units=units,
        offsets=offsets,
        m=int(np.exp(rng.uniform(np.log(100), np.log(4000)))),
        shift=float(rng.uniform(0.5, 2)) if rng.random() < 0.08 else 0.0,
    )
