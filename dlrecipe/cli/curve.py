"""`dlrecipe curve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Config, Json, Lang, Runs, Settings  # noqa: TC001  # typer reads them
from dlrecipe.cli.status import Status
from dlrecipe.cli.studies import tell_how_to_resume

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlrecipe.results import Curve


def curve(
    config: Config,
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Trainings of every size.")] = 3,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Trainings at once.")] = 1,
    settings: Settings = None,
    runs: Runs = "runs",
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Train on parts of the data, and forecast what more would bring.

    Example: dlrecipe curve digits.yaml --seeds 5
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    loaded = load_config(config, parse_overrides(settings or []))
    watch = report.watch_count(f"learning curve of {loaded.name}")
    return _carry_out(
        lambda: experiments.curve(loaded, runs=runs, seeds=seeds, workers=workers, watch=watch),
        runs,
        as_json=as_json,
    )


def resume_curve(study: Path, runs: str, as_json: bool) -> Status:
    """Go on with an interrupted `curve`, for `dlrecipe resume`."""
    from dlrecipe import experiments, report

    watch = report.watch_count(f"learning curve of {study.name}")
    return _carry_out(lambda: experiments.resume_curve(study, watch), runs, as_json=as_json)


def _carry_out(work: Callable[[], Curve], runs: str, *, as_json: bool) -> Status:
    from dlrecipe import report
    from dlrecipe.experiments.trials import StudyInterruptedError

    try:
        found = work()
    except StudyInterruptedError as interrupt:
        tell_how_to_resume(interrupt.study, runs)
        return Status.INTERRUPTED
    answer(found, report.show_curve, as_json=as_json)
    return Status.DONE
