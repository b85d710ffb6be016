"""Shares and their 95 % intervals, by drawing whole scenarios again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

import numpy as np

from benchmarks.verdict.outcomes import ENOUGH, POINT, Outcome

DRAWS = 2000
Scenario = TypeVar("Scenario")


@dataclass(frozen=True)
class Figure:
    """A share with its interval and what it is of."""

    value: float
    low: float
    high: float
    scenarios: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.2f}-{self.high:.2f}, n {self.scenarios})"


def share(outcomes: Sequence[Scenario], of: Callable[[Scenario], Sequence[bool | float]]) -> Figure | None:
    """The mean of what each scenario contributes (nothing, one or more); None where none contributes."""
    sums = np.array([(np.sum(part), len(part)) for part in map(of, outcomes)], float)
    sums = sums[sums[:, 1] > 0]
    if not len(sums):
        return None
    drawn = np.random.default_rng(0).integers(len(sums), size=(DRAWS, len(sums)))
    means = sums[drawn].sum(1)
    low, high = np.quantile(means[:, 0] / means[:, 1], (0.025, 0.975))
    return Figure(float(sums[:, 0].sum() / sums[:, 1].sum()), float(low), float(high), len(sums))


def plain(figures: Mapping[str, Figure | None]) -> dict[str, object]:
    """Figures as plain data."""
    return {name: None if figure is None else asdict(figure) for name, figure in figures.items()}


def verdict_figures(outcomes: Sequence[Outcome]) -> dict[str, Figure | None]:
    """How often the verdict is right, and what its certainty and its intervals are worth."""
    right = {outcome.name: outcome.true == outcome.said for outcome in outcomes}
    figures = {
        "verdict right": share(outcomes, lambda o: [right[o.name]]),
        "… where certain": share(outcomes, lambda o: [right[o.name]] if o.certain else []),
        "certain": share(outcomes, lambda o: [o.certain]),
        "95 % intervals: coverage": share(outcomes, lambda o: list(o.gaps.values())),
    }
    for verdict in sorted({outcome.true for outcome in outcomes}):
        figures[f"recall of {verdict}"] = share(
            outcomes, lambda o, v=verdict: [right[o.name]] if o.true == v else []
        )
    return figures


def advice_figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figure | None]]:
    """How often each adviser's first suggestion hits, what it gains, and how often it cries wolf."""
    return {
        adviser: {
            "hits": share(outcomes, lambda o, a=adviser: _hit(o, a)),
            "share of the best single gain": share(outcomes, lambda o, a=adviser: _part(o, a)),
            "suggests though no single change gains": share(outcomes, lambda o, a=adviser: _false(o, a)),
            "… nor what it suggests": share(outcomes, lambda o, a=adviser: _futile(o, a)),
        }
        for adviser in outcomes[0].gains
    }


def _hit(outcome: Outcome, adviser: str) -> list[bool]:
    if outcome.best < POINT:
        return []
    return [(outcome.gains[adviser] or 0.0) >= ENOUGH * outcome.best]


def _part(outcome: Outcome, adviser: str) -> list[float]:
    if outcome.best < POINT:
        return []
    return [float(np.clip((outcome.gains[adviser] or 0.0) / outcome.best, -1, 2))]


def _futile(outcome: Outcome, adviser: str) -> list[bool]:
    if outcome.best >= POINT:
        return []
    gained = outcome.gains[adviser]
    return [gained is not None and gained < POINT]


def _false(outcome: Outcome, adviser: str) -> list[bool]:
    return [] if outcome.best >= POINT else [outcome.gains[adviser] is not None]
