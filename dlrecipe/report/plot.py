"""The learning curve as a picture; matplotlib is imported when one is asked for."""

from __future__ import annotations

import math
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
HIGHEST = 1e200
"""What is drawn at most: matplotlib's ticks above a curve must be finite too."""
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#555555"
"""Of Okabe and Ito's palette, which colour-blind readers can tell apart; line styles do it in grey."""


def plot_history(history: Sequence[Epoch], diagnosis: Diagnosis, path: str | Path) -> None:
    """Draw J and the errors over the epochs into a file, with the verdict above.

    Args:
        history: At least one evaluation; what is not finite, or nearly so, leaves a gap.
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
    epochs, costs = _column(history, "epoch"), _column(history, "cost")
    axes.plot(epochs, costs, color=BLUE, marker=_mark(history), label="cost J")
    if any(record.penalty for record in history):
        axes.plot(epochs, _column(history, "loss"), "--", color=ORANGE, label="loss")
        axes.plot(epochs, _column(history, "penalty"), ":", color=GREY, label="penalty")
    if is_wide(costs):
        axes.set_yscale("log")
    axes.set_title("cost")
    _finish(axes)


def _draw_errors(axes: Axes, history: Sequence[Epoch], diagnosis: Diagnosis) -> None:
    epochs, mark = _column(history, "epoch"), _mark(history)
    axes.plot(epochs, _column(history, "dev_error"), color=ORANGE, marker=mark, label="dev")
    axes.plot(epochs, _column(history, "train_error"), "--", color=BLUE, marker=mark, label="train")
    if diagnosis.human_error_given:
        axes.axhline(diagnosis.human_error, color=GREY, linestyle=":", label="human")
    _mark_best(axes, history)
    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:g} %")
    axes.set_ylim(bottom=0)
    axes.set_title("error")
    _finish(axes)


def _column(history: Sequence[Epoch], name: str) -> list[float]:
    """Return a column of the history, NaN where no axis reaches."""
    return [value if abs(value) < HIGHEST else math.nan for value in (getattr(r, name) for r in history)]


def _mark_best(axes: Axes, history: Sequence[Epoch]) -> None:
    finite = [record for record in history if math.isfinite(record.dev_error)]
    if not finite:
        return
    best = min(finite, key=lambda record: (record.dev_error, record.dev_loss))
    label = f"lowest dev error: {percent(best.dev_error)} in epoch {best.epoch}"
    axes.axvline(best.epoch, color=GREY, linewidth=0.6, zorder=0)
    axes.plot(best.epoch, best.dev_error, "o", color=ORANGE, markerfacecolor="white", label=label)


def _finish(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  # as above

    axes.set_xlabel("epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(edgecolor="none", framealpha=0.9)


def _mark(history: Sequence[Epoch]) -> str:
    """Return a mark for a single point, which would be no line."""
    return "." if len(history) == 1 else ""
