"""`dlrecipe sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Config, Dask, Json, Runs, Settings, Workers  # noqa: TC001  # typer reads them
from dlrecipe.cli.status import Status
from dlrecipe.cli.studies import tell_how_to_resume

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.results import SweepResult


def sweep(
    config: Config,
    dask: Dask = None,
    workers: Workers = None,
    settings: Settings = None,
    runs: Runs = "runs",
    as_json: Json = False,
) -> int:
    """Search the settings of a config's `sweep` section.

    Example: dlrecipe sweep digits.yaml --workers 4
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    loaded = load_config(config, parse_overrides(settings or []))
    return _carry_out(
        lambda: experiments.sweep(loaded, runs=runs, workers=workers, dask=dask, watch=report.watch_sweep()),
        runs,
        as_json=as_json,
    )


def resume_sweep(
    study: Path, runs: str, as_json: bool, workers: int | None = None, dask: str | None = None
) -> Status:
    """Go on with an interrupted `sweep`, for `dlrecipe resume`, perhaps on other workers."""
    from dlrecipe import experiments, report

    return _carry_out(
        lambda: experiments.resume_sweep(study, report.watch_sweep(), workers, dask), runs, as_json=as_json
    )


def _carry_out(work: Callable[[], SweepResult], runs: str, *, as_json: bool) -> Status:
    from dlrecipe import report

    found = work()
    answer(found, report.show_sweep, as_json=as_json)
    if found.stopped == "interrupted":
        tell_how_to_resume(Path(found.study), runs)
        return Status.INTERRUPTED
    return Status.DONE if found.best else Status.NO
