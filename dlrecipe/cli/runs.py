"""`dlrecipe runs`: what was tried."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dlrecipe.cli.answer import answer
from dlrecipe.cli.completion import run_names
from dlrecipe.cli.meant import meant
from dlrecipe.cli.options import Json, Runs


class _ListByDefault(TyperGroup):
    """`dlrecipe runs --json` is short for `dlrecipe runs list --json`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        names_command = bool(args) and (not args[0].startswith("-") or args[0] in ctx.help_option_names)
        if not names_command and not ctx.resilient_parsing:
            args = ["list", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_ListByDefault, rich_markup_mode=None)


@app.callback()
def runs() -> None:
    """Show what was tried.

    Example: dlrecipe runs list
    """


@app.command("list")
def list_runs(runs: Runs = "runs", as_json: Json = False) -> None:
    """List the runs, the oldest first.

    Example: dlrecipe runs list --runs experiments
    """
    from dlrecipe import experiments, report

    answer(experiments.list_runs(runs), report.show_runs, as_json=as_json)


@app.command()
def compare(
    run: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN]...",
            help="Two runs or more, by folder, name or number (of a study: the run it kept); all finished "
            "ones if left out.",
            show_default=False,
            autocompletion=run_names,
        ),
    ] = None,
    runs: Runs = "runs",
    as_json: Json = False,
) -> None:
    """Tell which run is better, and whether that is more than chance.

    Example: dlrecipe runs compare 1 2
    """
    from dlrecipe import experiments, report

    named = [meant(one, runs) for one in run or ()]
    answer(experiments.compare(named, runs), report.show_comparison, as_json=as_json)
