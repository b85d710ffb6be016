"""Timing contenders in turn, so that a machine whose speed drifts does not favour one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Cost(NamedTuple):
    """What a repetition took: processor and wall seconds, and the loss it reached (nan for none)."""

    cpu: float
    wall: float
    loss: float = float("nan")


Contender = Callable[[], Cost]
Clock = Literal["cpu", "wall"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Theirs over ours in each pair of repetitions: the median, and the extremes."""

    median: float
    low: float
    high: float

    @property
    def spread(self) -> tuple[float, float]:
        """The extremes."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Measured:
    """A contender's repetitions."""

    costs: tuple[Cost, ...]

    @property
    def cpu(self) -> float:
        """Median processor seconds."""
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        """Median wall seconds."""
        return statistics.median(cost.wall for cost in self.costs)

    def over(self, ours: Measured, clock: Clock = "cpu") -> Ratio:
        """This contender's time over ours, repetition by repetition: neighbours saw the same machine."""
        pairs = zip(self.costs, ours.costs, strict=True)
        ratios = [getattr(theirs, clock) / getattr(mine, clock) for theirs, mine in pairs]
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))

    def to_dict(self) -> dict[str, object]:
        """Medians, all repetitions, and the loss reached."""
        return {
            "cpu": self.cpu,
            "wall": self.wall,
            "loss": self.costs[-1].loss,
            "all": [cost.cpu for cost in self.costs],
        }


def interleaved(contenders: Mapping[str, Contender], repetitions: int) -> dict[str, Measured]:
    """Run every contender once to warm up, then all of them in turn, again and again."""
    for contender in contenders.values():
        contender()
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _ in range(repetitions):
        for name, contender in contenders.items():
            costs[name].append(contender())
    return {name: Measured(tuple(found)) for name, found in costs.items()}


def clocked(work: Callable[[], object], times: int = 1) -> Cost:
    """The cost of one of `times` calls."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        work()
    return Cost((time.process_time() - cpu) / times, (time.perf_counter() - wall) / times)
