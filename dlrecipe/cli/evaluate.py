"""`dlrecipe evaluate`."""

from dataclasses import replace
from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import Json, Run, Runs
from dlrecipe.cli.standard_input import as_file, without_path


def evaluate(
    run: Run = None,
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Evaluate on this file instead of the test part; - for stdin."),
    ] = None,
    runs: Runs = "runs",
    as_json: Json = False,
) -> None:
    """Measure a run's model on its test part, or on a file.

    Example: dlrecipe evaluate digits-0003 --data new.csv
    """
    from dlrecipe import experiments, report

    run = meant(run, runs)
    if data is None:
        answer(experiments.evaluate(run, runs), report.show_evaluation, as_json=as_json)
        return
    with as_file(data) as path:
        result = experiments.evaluate(run, runs, path)
    if data == "-":
        result = replace(result, data=data, notes=without_path(result.notes, path))
    answer(result, report.show_evaluation, as_json=as_json)
