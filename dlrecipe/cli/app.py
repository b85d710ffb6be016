"""The program `dlrecipe`: its commands, and one command line from its arguments to its exit status."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from dlrecipe.cli import runs
from dlrecipe.cli.check import check
from dlrecipe.cli.completion import join_bash_words
from dlrecipe.cli.curve import curve
from dlrecipe.cli.diagnose import diagnose
from dlrecipe.cli.evaluate import evaluate
from dlrecipe.cli.export import export
from dlrecipe.cli.gradcheck import gradcheck
from dlrecipe.cli.improve import improve
from dlrecipe.cli.init import init
from dlrecipe.cli.interruption import INTERRUPTION, interruptible
from dlrecipe.cli.lecture import lecture
from dlrecipe.cli.pipes import discard_unwritten, reader_may_leave
from dlrecipe.cli.predict import predict
from dlrecipe.cli.refusal import REFUSED, refuse, say_interrupted
from dlrecipe.cli.report import report
from dlrecipe.cli.resume import resume
from dlrecipe.cli.schema import schema
from dlrecipe.cli.status import Status
from dlrecipe.cli.sweep import sweep
from dlrecipe.cli.train import train
from dlrecipe.cli.validate import validate
from dlrecipe.errors import RunError
from dlrecipe.language import ENGLISH, speak

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
    sweep,
    curve,
    evaluate,
    predict,
    report,
    export,
    gradcheck,
    lecture,
):
    app.command()(interruptible(command))
app.add_typer(runs.app, name="runs")
app.command()(schema)
app.command()(validate)


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
    join_bash_words(os.environ)
    as_json = "--json" in arguments
    speak(ENGLISH)  # until a command reads --lang, which not every one has
    status: int = Status.DONE  # which it stays where the reader of the output leaves early
    with reader_may_leave():
        try:
            with reader_may_leave():
                status = app(args=list(arguments), prog_name="dlrecipe", standalone_mode=False) or Status.DONE
        except REFUSED as error:
            status = Status.REFUSED
            refuse(error, as_json=as_json)
        except INTERRUPTION:
            status = Status.INTERRUPTED
            say_interrupted(as_json=as_json)
        except OSError as error:
            status = Status.REFUSED
            discard_unwritten()
            refuse(RunError(_told(error)), as_json=False)
    return status


def _told(error: OSError) -> str:
    """Say what the system refused; rooms speak for their files, so without a name it is the output."""
    what = error.filename or "The output"
    return f"{what} could not be read or written: {error.strerror or error}."
