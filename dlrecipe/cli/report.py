"""`dlrecipe report`."""

from pathlib import Path
from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.completion import run_names
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import Json, Lang, Runs
from dlrecipe.language import told


def report(
    run: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN]...",
            help="Runs by folder, name or number; the newest one if left out, several are compared.",
            show_default=False,
            autocompletion=run_names,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The file; by default report.html in the run's folder, of several in the folder of runs.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    runs: Runs = "runs",
    _lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Write a report of one run or several into one HTML file.

    Example: dlrecipe report 1 2 --out digits.html
    """
    from dlrecipe.report import show_report_file
    from dlrecipe.report.html import write_report

    written = write_report([meant(one, runs) for one in run or (None,)], runs, out)
    answer(written, show_report_file, as_json=as_json)
    if show:
        _open(written.report)


def _open(file: str) -> None:
    import webbrowser

    if not webbrowser.open(Path(file).resolve().as_uri()):
        typer.echo(told(f"No browser could be started; open {file} in one."), err=True)
