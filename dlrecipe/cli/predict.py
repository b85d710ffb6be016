"""`dlrecipe predict`."""

from dataclasses import replace
from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import Json, Run, Runs
from dlrecipe.cli.pipes import reader_may_leave
from dlrecipe.cli.standard_input import as_file, without_path
from dlrecipe.errors import UsageError


def predict(
    data: Annotated[
        str, typer.Option(metavar="FILE", help="The examples, a target in them unread; - for stdin.")
    ],
    run: Run = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where to write the predictions, in the format of its name or else of the data; - for "
            "stdout in the format of the data. Left out: CSV on stdout.",
            show_default=False,
        ),
    ] = None,
    runs: Runs = "runs",
    as_json: Json = False,
) -> None:
    """Predict every row of a file by a run's model.

    Example: dlrecipe predict digits-0003 --data new.csv --out predictions.csv
    """
    from dlrecipe import report
    from dlrecipe.data import format_of
    from dlrecipe.experiments.predicting import predict_as
    from dlrecipe.report.console import error_console

    if out == "-" and as_json:
        raise UsageError("--out - and --json both want stdout. Leave one of them out.")
    run = meant(run, runs)
    with as_file(data) as path:
        result, predicted = predict_as(run, path, None if out == "-" else out, runs)
        suffix = (format_of(path) or ".csv") if out == "-" else ".csv"
    if data == "-":
        result = replace(result, data=data, notes=without_path(result.notes, path))
    if as_json or (out is not None and out != "-"):
        answer(result, report.show_predictions, as_json=as_json)
        return
    with reader_may_leave():
        typer.echo(predicted.encoded(suffix), nl=False)
    report.show_notes(result.notes, error_console())
