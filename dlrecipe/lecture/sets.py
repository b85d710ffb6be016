"""Examples of our own making: two half moons in the plane, of which any number can be drawn."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Drawn = tuple[NDArray[np.float64], NDArray[np.int64] | NDArray[np.float64]]


def moons(
    examples: int,
    rng: np.random.Generator,
    *,
    noise: float = 0.2,
    wrong_labels: float = 0.0,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Drawn:
    """Draw two interleaved half circles of radius 1, one for each class.

    Args:
        examples: How many.
        rng: Draws them.
        noise: Standard deviation of a normal number that is added to both coordinates.
        wrong_labels: Fraction of the labels that are turned over: the error that nobody can go below.
        shift: Added to every point: data of another origin.

    Returns:
        X (examples × 2) and the class, 0 or 1, of each.
    """
    y = rng.integers(0, 2, examples)
    angle = np.pi * rng.random(examples)
    arc = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    X = np.where(y[:, None] == 0, arc, np.array([1.0, 0.5]) - arc)
    X += noise * rng.standard_normal((examples, 2)) + np.array(shift)
    return X, np.where(rng.random(examples) < wrong_labels, 1 - y, y)


@contextmanager
def on_disk(**parts: Drawn) -> Iterator[dict[str, str]]:
    """Write examples to files that a config can name, for as long as the context lasts.

    Yields:
        The path of each part, by name.
    """
    with TemporaryDirectory() as folder:
        paths = {name: str(Path(folder) / f"{name}.npz") for name in parts}
        for name, (X, y) in parts.items():
            np.savez(paths[name], X=X, y=y)
        yield paths
