"""Trainings that were repeated with other seeds: how much of an error is luck."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from dlrecipe.results import SeedGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NOT_COMPARED = ("seed", "name")


def seed_groups(
    runs: Sequence[str], dev_errors: Sequence[float], settings: Sequence[Mapping[str, object]]
) -> tuple[SeedGroup, ...]:
    """Return the groups of two or more runs that differ in nothing but their seed.

    Args:
        runs: Their folders.
        dev_errors: Of each.
        settings: Of each, by dotted key.
    """
    groups: dict[str, list[tuple[str, float, object]]] = {}
    for run, error, own in zip(runs, dev_errors, settings, strict=True):
        rest = {key: value for key, value in own.items() if key not in _NOT_COMPARED}
        groups.setdefault(repr(sorted(rest.items())), []).append((run, error, own.get("seed")))
    return tuple(
        SeedGroup(
            tuple(run for run, _, _ in group),
            statistics.fmean(error for _, error, _ in group),
            statistics.stdev(error for _, error, _ in group),
        )
        for group in groups.values()
        if len({seed for _, _, seed in group}) > 1
    )
