"""`dlrecipe diagnose`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.ending import judge
from dlrecipe.cli.figures import diagnose_figures, require_one_request
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import FailOn, Json, Lang, Run, Runs
from dlrecipe.errors import UsageError
from dlrecipe.language import told

if TYPE_CHECKING:
    from dlrecipe.experiments import Run as FoundRun
    from dlrecipe.results import Diagnosis

PLOT = "learning-curve.png"


class Task(StrEnum):
    """What the errors are of; it decides how far they may be off by chance."""

    CLASSIFICATION = "classification"
    REGRESSION = "regression"


def _error(of_what: str) -> Any:
    return typer.Option(metavar="E", help=f"{of_what}.", show_default=False)


def _size(of_what: str) -> Any:
    return typer.Option(min=1, metavar="N", help=f"Examples behind the {of_what} error.", show_default=False)


def diagnose(
    run: Run = None,
    *,
    train_error: Annotated[str | None, _error("Error on the training examples, such as 1% or 0.01")] = None,
    dev_error: Annotated[str | None, _error("Error on the dev examples")] = None,
    human_error: Annotated[str | None, _error("Best error thought possible")] = None,
    train_dev_error: Annotated[str | None, _error("Error on examples like the training ones")] = None,
    train_size: Annotated[int | None, _size("train")] = None,
    dev_size: Annotated[int | None, _size("dev")] = None,
    train_dev_size: Annotated[int | None, _size("train-dev")] = None,
    tolerance: Annotated[str | None, _error("A gap above this is high, by default 2%")] = None,
    share: Annotated[str | None, _error("... if it is also this share of the excess, by default 15%")] = None,
    task: Annotated[Task | None, typer.Option(help="What the errors are of.", show_default=False)] = None,
    plot: Annotated[bool, typer.Option("--plot", help=f"Draw {PLOT} into the run's folder.")] = False,
    plot_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw the learning curve into this file.", show_default=False),
    ] = None,
    probe: Annotated[
        bool,
        typer.Option("--probe", help="Train with the first two suggestions, and order them by what they do."),
    ] = False,
    runs: Runs = "runs",
    fail_on: FailOn = None,
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Tell bias from variance, of a run or of any program's figures.

    Example: dlrecipe diagnose --train-error 1% --dev-error 11%
    """
    named = {
        "train_error": train_error,
        "dev_error": dev_error,
        "human_error": human_error,
        "train_dev_error": train_dev_error,
        "train_size": train_size,
        "dev_size": dev_size,
        "train_dev_size": train_dev_size,
        "tolerance": tolerance,
        "share": share,
        "task": task and task.value,
    }
    figures = {name: value for name, value in named.items() if value is not None}
    require_one_request(run, figures)
    if not figures:
        found = _found(meant(run, runs), runs, probe=probe)
        diagnosis = _diagnose_run(found, as_json=as_json, wants_plot=plot, plot_file=plot_file)
    elif plot or plot_file:
        raise UsageError("--plot needs a run: what it draws are the run's epochs.")
    elif probe:
        raise UsageError("--probe needs a run: it trains again with its config.")
    else:
        diagnosis = diagnose_figures(figures)
        _show(diagnosis, as_json=as_json)
    return judge(diagnosis, fail_on)


def _found(run: str, runs: str, *, probe: bool) -> "FoundRun":
    from dlrecipe import experiments

    return (experiments.diagnose_with_probes if probe else experiments.diagnose_run)(run, runs)


def _diagnose_run(
    found: "FoundRun", *, as_json: bool, wants_plot: bool, plot_file: Path | None
) -> "Diagnosis":
    from dlrecipe import report

    diagnosis = found.result.diagnosis
    if wants_plot or plot_file:
        file = plot_file or found.folder / PLOT
        report.plot_history(found.history, diagnosis, file)
        typer.echo(f"{told('Plot')}: {file}", err=True)
    _show(diagnosis, as_json=as_json)
    return diagnosis


def _show(diagnosis: "Diagnosis", *, as_json: bool) -> None:
    from dlrecipe import report

    answer(diagnosis, report.show_diagnosis, as_json=as_json)
