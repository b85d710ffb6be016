"""`dlrecipe improve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Config, Json, Lang, Runs, Settings  # noqa: TC001  # typer reads them
from dlrecipe.cli.status import Status
from dlrecipe.cli.studies import tell_how_to_resume
from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.results import Improvement


def improve(
    config: Config,
    trainings: Annotated[
        int, typer.Option(metavar="N", min=1, help="Trainings at most, the given config's among them.")
    ] = 12,
    minutes: Annotated[
        float | None, typer.Option(metavar="M", help="Stop after so many minutes.", show_default=False)
    ] = None,
    target_error: Annotated[
        str | None,
        typer.Option(metavar="E", help="Stop at this dev error, such as 3% or 0.03.", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Candidates to train at once.")] = 1,
    settings: Settings = None,
    runs: Runs = "runs",
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Improve a config: follow its diagnosis, and keep what helps.

    Example: dlrecipe improve digits.yaml --trainings 8
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    target = None if target_error is None else _target(target_error)
    loaded = load_config(config, parse_overrides(settings or []))
    return _carry_out(
        lambda: experiments.improve(
            loaded,
            trainings,
            runs=runs,
            minutes=minutes,
            target_error=target,
            workers=workers,
            watch=report.watch_steps(),
        ),
        runs,
        as_json=as_json,
    )


def resume_improvement(study: Path, runs: str, as_json: bool) -> Status:
    """Go on with an interrupted `improve`, for `dlrecipe resume`."""
    from dlrecipe import experiments, report

    return _carry_out(
        lambda: experiments.resume_improvement(study, report.watch_steps()), runs, as_json=as_json
    )


def _carry_out(work: Callable[[], Improvement], runs: str, *, as_json: bool) -> Status:
    from dlrecipe import report
    from dlrecipe.experiments.trials import StudyInterruptedError

    try:
        improvement = work()
    except StudyInterruptedError as interrupt:
        tell_how_to_resume(interrupt.study, runs)
        return Status.INTERRUPTED
    answer(improvement, report.show_improvement, as_json=as_json)
    if improvement.stopped == "interrupted":
        tell_how_to_resume(Path(improvement.study), runs)
        return Status.INTERRUPTED
    return Status.DONE


def _target(text: str) -> float:
    from dlrecipe.config import parse_fraction

    try:
        return parse_fraction(text)
    except ValueError as error:
        raise UsageError(f"--target-error {error}") from None
