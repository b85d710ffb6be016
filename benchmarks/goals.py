"""What the ratios should be, in one place; each is printed beside the figure it belongs to."""

from __future__ import annotations

from typing import NamedTuple


class Goals(NamedTuple):
    """Of one workload, against scikit-learn, PyTorch, and as a share of the bare products' time."""

    scikit_learn: float
    torch: float
    share: float | None


TRAINING = {
    ("W1", "numpy"): Goals(4.0, 5.4, None),
    ("W1", "numba"): Goals(7.0, 9.0, 0.55),
    ("W4", "numpy"): Goals(4.6, 5.9, None),
    ("W4", "numba"): Goals(8.0, 10.0, 0.5),
    ("W6", "numpy"): Goals(5.7, 6.5, None),
    ("W6", "numba"): Goals(9.0, 11.0, None),
    ("M1", "numpy"): Goals(1.7, 1.5, 0.68),
    ("M1", "numba"): Goals(2.0, 1.75, 0.82),
    ("M2", "numpy"): Goals(1.9, 1.25, 0.72),
    ("M2", "numba"): Goals(2.2, 1.45, 0.86),
    ("M3", "numpy"): Goals(1.5, 1.05, 0.9),
    ("M3", "numba"): Goals(1.6, 1.1, 0.95),
}
"""By workload and kernels: CPU time on one thread."""

GRADIENTS = {
    (784, 128, 10): {"naive": 150.0, "torch": 300.0},
    (64, 32, 16, 10): {"naive": 12.0},
}
"""By the network's sizes and what it is checked against."""

STARTUP = {"dlrecipe --help": 12.0, "dlrecipe train smoke.yaml": 30.0}
"""At most, in units of `python -c pass`."""

QUICKER_THAN_SCIKIT_LEARN = 2.0
"""A tiny training against merely importing scikit-learn's MLP."""

LOADING = {"numpy.loadtxt": 4.0, "pandas": 1.6}
"""A million rows."""

LOADING_PEAK = 1.8
"""At most, in sizes of the file."""

PICTURES_PEAK = 1.8
"""At most, in sizes of the pictures as bytes."""

STRAIGHT = 0.98
"""R² of a cost that should grow along a line."""


def training(workload: str, kernels: str, against: str) -> float | None:
    """The goal of a training's ratio, where there is one."""
    goals = TRAINING.get((workload, kernels))
    if goals is None:
        return None
    return {"scikit-learn": goals.scikit_learn, "torch": goals.torch, "share": goals.share}.get(against)
