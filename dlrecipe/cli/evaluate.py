"""`dlrecipe evaluate`."""

from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Json, Run, Runs


def evaluate(
    run: Run = None,
    data: Annotated[
        str | None, typer.Option(metavar="FILE", help="Evaluate on this file instead of the test part.")
    ] = None,
    runs: Runs = "runs",
    as_json: Json = False,
) -> None:
    """Measure a run's model on its test part, or on a file.

    Example: dlrecipe evaluate digits-0003 --data new.csv
    """
    from dlrecipe import experiments, report

    answer(experiments.evaluate(run, runs, data), report.show_evaluation, as_json=as_json)
