"""A line of the table, and the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

TITLES = f"  {'':34}{'against':30}{'ratio':>8}{'min..max':>16}{'wall':>8}{'goal':>8}"


@dataclass(frozen=True, slots=True)
class Row:
    """One ratio; above 1 dlrecipe is ahead.

    Attributes:
        topic: Which table it belongs to.
        what: What of ours was measured.
        against: With what.
        ratio: Theirs over ours.
        goal: What it should be at least; None where nobody said.
        at_most: Whether the goal is an upper bound instead.
        note: What to know about it.
        spread: The smallest and largest ratio of a pair of repetitions.
        wall: The ratio of the wall times, where `ratio` is of CPU times.
        quick: Whether it comes from a quick run.
        detail: The figures behind it.
    """

    topic: str
    what: str
    against: str
    ratio: float
    goal: float | None = None
    at_most: bool = False
    note: str = ""
    spread: tuple[float, float] | None = None
    wall: float | None = None
    quick: bool = False
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met."""
        if self.goal is None:
            return None
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def to_dict(self) -> dict[str, object]:
        """The row as plain data."""
        return asdict(self)


def table(rows: list[Row]) -> str:
    """Rows as aligned text, by topic."""
    lines: list[str] = []
    topic = None
    for row in rows:
        if row.topic != topic:
            topic = row.topic
            lines += ["", topic, TITLES]
        lines.append(_line(row))
    return "\n".join(lines).lstrip("\n")


def _line(row: Row) -> str:
    spread = "" if row.spread is None else f"{row.spread[0]:.2f}..{row.spread[1]:.2f}"
    wall = "" if row.wall is None else f"{row.wall:.2f}"
    goal = "" if row.goal is None else f"{'≤' if row.at_most else ''}{row.goal:g}"
    met = {None: "", True: "met", False: "missed"}[row.met]
    figures = f"{row.ratio:8.2f}{spread:>16}{wall:>8}{goal:>8}"
    return f"  {row.what:34}{row.against:30}{figures}  {met} {row.note}".rstrip()
