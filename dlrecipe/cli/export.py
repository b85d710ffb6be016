"""`dlrecipe export`."""

from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import Json, Run, Runs


def export(
    run: Run = None,
    *,
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="The file to write; .onnx or .safetensors says what it is. A README goes beside it.",
        ),
    ],
    runs: Runs = "runs",
    as_json: Json = False,
) -> None:
    """Write a run's model with its preprocessing for other programs.

    Example: dlrecipe export digits-0003 --out model.onnx
    """
    from dlrecipe import experiments, report

    answer(experiments.export(meant(run, runs), runs, out), report.show_export, as_json=as_json)
