"""The learning curve as a picture; matplotlib is imported when one is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.report.percent import percent
from dlrecipe.report.scale import is_wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dlrecipe.results import Diagnosis, Epoch

SUFFIXES = (".png", ".svg", ".pdf")
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#555555"
"""Of Okabe and Ito's palette, which colour-blind readers can tell apart; line styles do it in grey."""


def plot_history(history: Sequence[Epoch], diagnosis: Diagnosis, path: str | Path) -> None:
    """Draw J and the errors over the epochs into a file, with the verdict above.

    Args:
        history: At least one evaluation; what is not finite leaves a gap.
        diagnosis: Gives the verdict and the human error.
        path: Its suffix is the format: png, svg or pdf. A file that is there is replaced.

    Raises:
        UsageError: Another suffix, matplotlib is not installed, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"A plot's file must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}. Got {path}."
        )
    figure = _figure()
    cost, errors = figure.subplots(1, 2)
    _draw_cost(cost, history)
    _draw_errors(errors, history, diagnosis)
    figure.suptitle(f"Verdict: {diagnosis.verdict}", fontweight="bold")
    try:
        figure.savefig(path)
    except OSError as error:
        raise UsageError(f"The plot cannot be written to {path}: {error.strerror or error}.") from error


def _figure() -> Figure:
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415  # half a second that only a plot is worth
    except ImportError as error:
        raise UsageError('A plot needs matplotlib: pip install "dlrecipe[plot]"') from error
    return Figure(figsize=(10, 4.2), dpi=150, layout="constrained")


def _draw_cost(axes: Axes, history: Sequence[Epoch]) -> None:
    epochs = [record.epoch for record in history]
    costs = [record.cost for record in history]
    axes.plot(epochs, costs, color=BLUE, marker=_mark(history), label="cost J")
    if any(record.penalty for record in history):
        axes.plot(epochs, [record.loss for record in history], "--", color=ORANGE, label="loss")
        axes.plot(epochs, [record.penalty for record in history], ":", color=GREY, label="penalty")
    if is_wide(costs):
        axes.set_yscale("log")
    axes.set_title("cost")
    _finish(axes)


def _draw_errors(axes: Axes, history: Sequence[Epoch], diagnosis: Diagnosis) -> None:
    epochs = [record.epoch for record in history]
    best = min(history, key=lambda record: (record.dev_error, record.dev_loss))
    axes.plot(
        epochs, [record.dev_error for record in history], color=ORANGE, marker=_mark(history), label="dev"
    )
    axes.plot(
        epochs,
        [record.train_error for record in history],
        "--",
        color=BLUE,
        marker=_mark(history),
        label="train",
    )
    if diagnosis.human_error_given:
        axes.axhline(diagnosis.human_error, color=GREY, linestyle=":", label="human")
    label = f"lowest dev error: {percent(best.dev_error)} in epoch {best.epoch}"
    axes.plot(best.epoch, best.dev_error, "o", color=ORANGE, markerfacecolor="white", label=label)
    axes.axvline(best.epoch, color=GREY, linewidth=0.6)
    axes.yaxis.set_major_formatter(lambda value, _: percent(value))
    axes.set_ylim(bottom=0)
    axes.set_title("error")
    _finish(axes)


def _finish(axes: Axes) -> None:
    axes.set_xlabel("epoch")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)


def _mark(history: Sequence[Epoch]) -> str:
    """Return a mark for a single point, which would be no line."""
    return "." if len(history) == 1 else ""
