"""A line of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


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
        detail: The figures behind it.
    """

    topic: str
    what: str
    against: str
    ratio: float
    goal: float | None = None
    at_most: bool = False
    note: str = ""
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
            lines += ["", topic, f"  {'':34}{'against':30}{'ratio':>8}{'goal':>8}"]
        goal = "" if row.goal is None else f"{'≤' if row.at_most else ''}{row.goal:g}"
        met = {None: "", True: "met", False: "missed"}[row.met]
        lines.append(f"  {row.what:34}{row.against:30}{row.ratio:8.2f}{goal:>8}  {met} {row.note}".rstrip())
    return "\n".join(lines).lstrip("\n")
