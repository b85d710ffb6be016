"""What is trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config import load_config
from dlrecipe.experiments.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from dlrecipe.config import Config
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.nn.arrays import Floats

    Integers = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Workload:
    """One training by Adam.

    Attributes:
        name: As in the table.
        m: Training examples.
        inputs: n_0.
        layers: Hidden units.
        classes: 2 for a sigmoid.
        batch: Examples per step; None for all.
        keep_prob: Of every hidden layer.
        lambd: L2.
        epochs: Timed in one repetition, full and quick.
    """

    name: str
    m: int
    inputs: int
    layers: tuple[int, ...]
    classes: int
    batch: int | None
    keep_prob: float
    lambd: float
    epochs: tuple[int, int]

    @property
    def dev(self) -> int:
        """Dev examples: a fifth, at most 10,000, as `split: auto` has it."""
        return min(self.m // 3, 10_000)

    @property
    def sizes(self) -> tuple[int, ...]:
        """(n_0, …, n_L)."""
        return (self.inputs, *self.layers, 1 if self.classes == 2 else self.classes)

    def config(self, folder: Path, kernels: str, threads: int, epochs: int) -> Config:
        """The config a user would write."""
        data = folder / f"{self.name}.npz"
        if not data.exists():
            X, y = self._examples()
            np.savez(data, X=X, y=y)
        file = folder / f"{self.name}.yaml"
        file.write_text(
            f"data: {{source: {data.name}, split: {{train: {self.m}, dev: {self.dev}}}}}\n"
            f"network: {{layers: {list(self.layers)}, keep_prob: {self.keep_prob}}}\n"
            f"training: {{batch_size: {self.batch or 'full'}, lambda: {self.lambd}, patience: null}}\n"
        )
        return load_config(
            file,
            {"training.kernels": kernels, "training.threads": threads, "training.epochs": epochs},
        )

    def prepared(self, folder: Path) -> Prepared:
        """The same examples as arrays, for the peers."""
        return prepare(self.config(folder, "numpy", 1, 1))

    def _examples(self) -> tuple[Floats, Integers]:
        """Inputs, and the classes that a small random network gives them, a tenth of them wrong."""
        rng = np.random.default_rng(0)
        X = rng.standard_normal((self.m + self.dev, self.inputs), np.float32)
        hidden = np.tanh(X @ rng.standard_normal((self.inputs, 16), np.float32) / self.inputs**0.5)
        y = (hidden @ rng.standard_normal((16, self.classes), np.float32)).argmax(axis=1)
        wrong = rng.random(len(y)) < 0.1
        y[wrong] = rng.integers(0, self.classes, wrong.sum())
        return X, y


WORKLOADS = (
    Workload("W1", 1797, 64, (64,), 10, 64, 1.0, 0.0, (60, 20)),
    Workload("W4", 200_000, 30, (20, 7, 5), 2, 256, 1.0, 0.0, (2, 1)),
    Workload("W6", 300, 2, (20, 3), 2, None, 1.0, 0.0, (1500, 300)),
    Workload("M1", 60_000, 784, (128,), 10, 128, 1.0, 0.0, (2, 1)),
    Workload("M2", 60_000, 784, (512, 512), 10, 128, 0.8, 1.0, (1, 1)),
    Workload("M3", 20_000, 1024, (1024, 1024), 10, 512, 1.0, 0.0, (1, 1)),
)
