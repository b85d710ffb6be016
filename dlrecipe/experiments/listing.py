"""What was tried."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe import runs as folders
from dlrecipe.results import RunList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.results import RunSummary


def list_runs(runs: str | Path = "runs") -> RunList:
    """Every run under a folder, oldest first, with the settings in which those of one name differ."""
    found = folders.list_runs(Path(runs))
    tried: dict[str, list[Mapping[str, object]]] = {}
    for run in found:
        if run.settings:
            tried.setdefault(_stem(run), []).append(run.settings)
    return RunList(tuple(replace(run, settings=_own(run, tried.get(_stem(run), []))) for run in found))


def _stem(run: RunSummary) -> str:
    """Return the run's name without its number."""
    return Path(run.run).name.rpartition("-")[0]


def _own(run: RunSummary, tried: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return the run's settings that not all of these share."""
    return {
        key: value for key, value in run.settings.items() if any(other.get(key) != value for other in tried)
    }
