"""A training's curves as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.report.percent import percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from dlrecipe.results import Diagnosis, Epoch

SUFFIXES = (".png", ".svg", ".pdf")
J_COLOUR, TRAIN_COLOUR, DEV_COLOUR = "#444444", "#0072B2", "#D55E00"  # Okabe & Ito: safe for the colour-blind


def plot_history(history: Sequence[Epoch], diagnosis: Diagnosis, path: Path) -> None:
    """Draw J and the errors into a file.

    Args:
        history: The evaluations.
        diagnosis: Gives the title and the human error.
        path: A .png, .svg or .pdf file.

    Raises:
        UsageError: Another suffix; matplotlib is missing; the file cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"--plot must be a file that ends in {', '.join(SUFFIXES)}. Got {path}.")
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415  # half a second that only a plot may cost
    except ImportError as error:
        raise UsageError('--plot needs matplotlib: python -m pip install "dlrecipe[plot]"') from error
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    _draw_cost(left, history)
    _draw_errors(right, history, diagnosis)
    figure.suptitle(f"Verdict: {diagnosis.verdict}")
    try:
        figure.savefig(path, dpi=150)
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error.strerror or error}.") from error


def _draw_cost(axes: Axes, history: Sequence[Epoch]) -> None:
    epochs = [epoch.epoch for epoch in history]
    axes.plot(epochs, [epoch.cost for epoch in history], color=J_COLOUR, label="J = loss + penalty")
    axes.plot(epochs, [epoch.loss for epoch in history], color=J_COLOUR, linestyle=":", label="loss, train")
    axes.plot(
        epochs, [epoch.dev_loss for epoch in history], color=DEV_COLOUR, linestyle="--", label="loss, dev"
    )
    axes.set(xlabel="epoch", ylabel="nats" if history else "", title="Cost")
    axes.legend(frameon=False)


def _draw_errors(axes: Axes, history: Sequence[Epoch], diagnosis: Diagnosis) -> None:
    epochs = [epoch.epoch for epoch in history]
    best = min(history, key=lambda epoch: (epoch.dev_error, epoch.dev_loss))
    for name, colour, style in (("train_error", TRAIN_COLOUR, "-"), ("dev_error", DEV_COLOUR, "--")):
        errors = [100 * getattr(epoch, name) for epoch in history]
        axes.plot(epochs, errors, color=colour, linestyle=style, label=name.replace("_", " "))
    axes.axhline(100 * diagnosis.human_error, color="grey", linewidth=1, label="human error")
    axes.plot(
        best.epoch, 100 * best.dev_error, "o", color=DEV_COLOUR, label=f"best: {percent(best.dev_error)}"
    )
    axes.set(xlabel="epoch", ylabel="%", title="Error", ylim=(0, None))
    axes.legend(frameon=False)
