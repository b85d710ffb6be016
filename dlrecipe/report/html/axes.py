"""A plot's frame: scales, ticks and their labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.report.html.svg import element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markupsafe import Markup

    from dlrecipe.report.scale import Scale

TICKS = 5
"""About so many of them."""


@dataclass(frozen=True)
class Axes:
    """A frame in which values have places.

    Attributes:
        x, y: What the two sides stand for.
        width, height: Of the whole picture.
    """

    x: Scale
    y: Scale
    width: float = 360
    height: float = 230
    left: float = 54
    right: float = 20
    top: float = 12
    bottom: float = 40

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        across = self.left + self.x.height(x) * (self.width - self.left - self.right)
        down = self.height - self.bottom - self.y.height(y) * (self.height - self.top - self.bottom)
        return across, down

    def frame(
        self, x_name: str, x_label: Callable[[float], str], y_label: Callable[[float], str]
    ) -> Iterator[Markup]:
        """Yield the grid's lines and their labels."""
        left, foot = self.left, self.height - self.bottom
        for tick in ticks(self.y):
            y = self.place(self.x.low, tick)[1]
            yield element("line", class_="grid", x1=left, x2=self.width - self.right, y1=y, y2=y)
            yield element("text", y_label(tick), class_="tick end", x=left - 6, y=y + 4)
        for tick in ticks(self.x):
            x = self.place(tick, self.y.low)[0]
            yield element("line", class_="axis", x1=x, x2=x, y1=foot, y2=foot + 4)
            yield element("text", x_label(tick), class_="tick middle", x=x, y=foot + 17)
        yield element("line", class_="axis", x1=left, x2=self.width - self.right, y1=foot, y2=foot)
        middle = (left + self.width - self.right) / 2
        yield element("text", told(x_name), class_="tick middle", x=middle, y=self.height - 6)


def ticks(scale: Scale) -> list[float]:
    """Return round values between a scale's ends."""
    if scale.logarithmic:
        first, last = math.ceil(math.log10(scale.low) - 1e-9), math.floor(math.log10(scale.high) + 1e-9)
        step = max(1, math.ceil((last - first + 1) / TICKS))
        return [10.0**power for power in range(first, last + 1, step)]
    span = scale.high - scale.low
    if not 0 < span < math.inf:
        return [scale.low]
    width = _round_step(span / TICKS)
    first, last = math.ceil(scale.low / width - 1e-9), math.floor(scale.high / width + 1e-9)
    return [n * width for n in range(first, last + 1)]


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, the smallest that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= rough * (1 - 1e-9))
