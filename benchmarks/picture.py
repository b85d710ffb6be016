"""The ratios as bars, with a mark where each should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.rows import Row


def draw(rows: list[Row], path: Path) -> None:
    """Draw every ratio to a peer; above 1, to the right of the line, dlrecipe is ahead."""
    shown = [row for row in rows if row.topic.startswith(("training", "gradient", "reading a CSV file, CPU"))]
    if not shown:
        return
    figure = Figure(figsize=(9, 1 + 0.24 * len(shown)), layout="constrained")
    axes = figure.subplots()
    places = range(len(shown), 0, -1)
    colours = ["#0072B2" if "share" not in row.against else "#999999" for row in shown]
    axes.barh(list(places), [row.ratio for row in shown], color=colours)
    goals = [(row.goal, place) for row, place in zip(shown, places, strict=True) if row.goal is not None]
    axes.plot(
        [goal for goal, _ in goals],
        [place for _, place in goals],
        "|",
        color="#D55E00",
        markersize=12,
        label="goal",
    )
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set(xscale="log", xlabel="times as fast as the peer (share: of the products' own time)")
    axes.set_yticks(list(places), [f"{row.what} / {row.against}" for row in shown], fontsize=7)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=120)
