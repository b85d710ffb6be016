"""The program `dlrecipe`: its commands, and one command line from its arguments to its exit status."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from dlrecipe.cli import runs
from dlrecipe.cli.check import check
from dlrecipe.cli.curve import curve
from dlrecipe.cli.diagnose import diagnose
from dlrecipe.cli.evaluate import evaluate
from dlrecipe.cli.export import export
from dlrecipe.cli.gradcheck import gradcheck
from dlrecipe.cli.improve import improve
from dlrecipe.cli.init import init
from dlrecipe.cli.lecture import lecture
from dlrecipe.cli.pipes import reader_may_leave
from dlrecipe.cli.predict import predict
from dlrecipe.cli.refusal import REFUSED, refuse
from dlrecipe.cli.report import report
from dlrecipe.cli.resume import resume
from dlrecipe.cli.schema import schema
from dlrecipe.cli.signals import stop_signals
from dlrecipe.cli.status import Status
from dlrecipe.cli.train import train
from dlrecipe.errors import RunError

app = typer.Typer(
    rich_markup_mode=None,  # plain help needs no rich, and so answers at once
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    init,
    check,
    train,
    resume,
    diagnose,
    improve,
    curve,
    evaluate,
    predict,
    report,
    export,
    gradcheck,
    lecture,
):
    app.command()(command)
app.add_typer(runs.app, name="runs")
app.command()(schema)


def _show_version(wanted: bool) -> None:
    if wanted:
        from dlrecipe import __version__

        typer.echo(f"dlrecipe {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def dlrecipe(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """My network is not good enough: what should I do next?

    Begin with: dlrecipe init, then dlrecipe train config.yaml
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line.

    Args:
        arguments: What follows the program's name.

    Returns:
        The exit status. What a user can cause has been told on stderr, or as JSON where `--json` asks for it.
    """
    status: int = Status.DONE  # which it stays where the reader of the output leaves early
    with reader_may_leave():
        try:
            status = app(args=list(arguments), prog_name="dlrecipe", standalone_mode=False) or Status.DONE
        except REFUSED as error:
            refuse(error, as_json="--json" in arguments)
            status = Status.REFUSED
        except (KeyboardInterrupt, typer.Abort):
            typer.echo("Interrupted.", err=True)
            status = Status.INTERRUPTED
        except BrokenPipeError:
            raise
        except OSError as error:  # of files every room speaks for itself: this is the output's
            refuse(RunError(f"The output could not be written: {error.strerror or error}."), as_json=False)
            status = Status.REFUSED
    return status


def main() -> None:
    """Run the command line of this process, and exit."""
    with stop_signals() as request:
        status = run(sys.argv[1:])
    sys.exit(request.status if status == Status.INTERRUPTED else status)
