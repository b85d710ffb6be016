"""The plots of an experiment in words, for readers who cannot see them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.report.lecture_plots import writer
from dlrecipe.results import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.results import Plane


def in_words(plot: Plot | Plane) -> str:
    """Return the title, the axes, and where each curve runs from and to, in the reader's language."""
    return ". ".join([told(plot.title), *(_curves(plot) if isinstance(plot, Plot) else _plane(plot))])


def _curves(plot: Plot) -> Iterator[str]:
    write = writer(plot)
    yield f"{told(plot.across)}: {plot.x[0]:.3g} → {plot.x[-1]:.3g}"
    for curve in plot.curves:
        finite = [value for value in curve.y if math.isfinite(value)]
        if finite:
            yield f"{told(curve.name)}: {write(finite[0])} → {write(finite[-1])}"


def _plane(plane: Plane) -> Iterator[str]:
    for name, ends in ((plane.across, plane.x_range), (plane.up, plane.y_range)):
        yield f"{told(name)}: {ends[0]:.2g} → {ends[1]:.2g}"
