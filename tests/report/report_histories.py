"""Histories and diagnoses to show."""

from dlrecipe import recipe
from dlrecipe.results import Epoch, Figures


def falling(epochs=10):
    """A history in which everything falls."""
    return tuple(
        Epoch(e, 0.1 * e, 2.0 / (e + 1), 1.9 / (e + 1), 0.1 / (e + 1), 0.5 / (e + 1), 2.2 / (e + 1),
              0.6 / (e + 1), 3.0, 0.001)
        for e in range(epochs)
    )  # fmt: skip


def judged(**figures):
    return recipe.diagnose(Figures(**figures))
