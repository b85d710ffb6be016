"""What an experiment of the lecture shows: its claim, the figures it must meet, and what can be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import SCHEMA, Document, Value, plain

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure, and the bounds it must keep for the claim to hold.

    Attributes:
        key: Its name in JSON.
        label: Its name on the screen.
        value: What was measured.
        interval: 95 % interval of it, over seeds; None where nothing in it is random, or none was asked for.
        above: What the value, or the whole interval, must be above; None for no such bound.
        below: What it must be below; None for no such bound.
        percent: Whether the screen shows it as percent.
    """

    key: str
    label: str
    value: float
    interval: Interval | None = None
    above: float | None = None
    below: float | None = None
    percent: bool = False

    @property
    def judged(self) -> bool:
        """Whether the claim depends on it; other figures are there to be read."""
        return self.above is not None or self.below is not None

    @property
    def holds(self) -> bool:
        """Whether all of it lies within its bounds; what is no number lies nowhere."""
        low, high = self.interval or (self.value, self.value)
        return (self.above is None or low > self.above) and (self.below is None or high < self.below)


@dataclass(frozen=True, slots=True)
class Line:
    """A named line of a plot; a y that is not finite leaves a gap."""

    name: str
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves over a common x.

    Attributes:
        title: What is drawn.
        across: What x is.
        x: Rising; above zero where `log_x`.
        curves: The lines.
        log_x: Whether x is drawn on a logarithmic scale.
        percent: Whether the values are fractions that people read as percent.
    """

    title: str
    across: str
    x: tuple[float, ...]
    curves: tuple[Line, ...]
    log_x: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Plane:
    """A function of two variables as bands of its value, and points in the plane.

    Attributes:
        title: What is drawn.
        across: Name of the horizontal axis, which runs from `x_range[0]` to `x_range[1]`.
        up: Name of the vertical axis.
        x_range: Its ends.
        y_range: The ends of the vertical axis.
        bands: The band of each cell, counted from 0; rows from the top, all of one length.
        points: (x, y, kind); kind 0 or 1.
    """

    title: str
    across: str
    up: str
    x_range: Interval
    y_range: Interval
    bands: tuple[tuple[int, ...], ...]
    points: tuple[tuple[float, float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim(Value):
    """A topic of the lecture, and what it claims in one sentence."""

    name: str
    claim: str


@dataclass(frozen=True, slots=True)
class Syllabus(Document):
    """What `lecture --json` prints: every topic."""

    topics: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Handout(Document):
    """What `lecture TOPIC --files DIR --json` prints: the paths of what was laid there."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demonstration(Document):
    """A topic's experiment, carried out.

    Attributes:
        name: The topic.
        claim: What must be seen, in one sentence.
        lecture: What the lecture says about it, paragraphs parted by an empty line.
        experiment: What was done here to see it.
        figures: What was measured.
        plots: What can be drawn.
        yours: How to see it on data of one's own.
        commands: The commands for that.
        files: Configs and data that `--files` lays beside.
    """

    name: str
    claim: str
    lecture: str
    experiment: str
    figures: tuple[Figure, ...]
    plots: tuple[Plot | Plane, ...]
    yours: str
    commands: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every figure keeps its bounds."""
        return all(figure.holds for figure in self.figures)

    @property
    def measured(self) -> dict[str, float | Interval]:
        """The figures by key, and the intervals of those that have one as `<key>_interval`."""
        measured: dict[str, float | Interval] = {}
        for figure in self.figures:
            measured[figure.key] = figure.value
            if figure.interval is not None:
                measured[f"{figure.key}_interval"] = figure.interval
        return measured

    def to_dict(self) -> dict[str, object]:
        """Return what `lecture TOPIC --json` prints."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "claim": self.claim,
            "measured": plain(self.measured),
            "holds": self.holds,
        }


@dataclass(frozen=True, slots=True)
class Course(Document):
    """What `lecture --all --json` prints: every topic with what was measured."""

    topics: tuple[Demonstration, ...]

    @property
    def holds(self) -> bool:
        """Whether every claim holds."""
        return all(topic.holds for topic in self.topics)
