"""`dlrecipe check`."""

from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Config, Json, Settings
from dlrecipe.cli.status import Status


def check(
    config: Config,
    settings: Settings = None,
    references: Annotated[
        bool,
        typer.Option("--references", help="Also see what other kinds of models reach on the same split."),
    ] = False,
    as_json: Json = False,
) -> int:
    """Look at data, config and network before training.

    Example: dlrecipe check digits.yaml --references
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    found = experiments.check(load_config(config, parse_overrides(settings or [])), references=references)
    answer(found, report.show_check, as_json=as_json)
    return Status.DONE if found.passed else Status.NO
