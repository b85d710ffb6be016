"""`dlrecipe validate`."""

from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.completion import config_files
from dlrecipe.cli.options import Json


def validate(
    configs: Annotated[
        list[str],
        typer.Argument(metavar="CONFIG...", help="Configs, YAML files.", autocompletion=config_files),
    ],
    as_json: Json = False,
) -> None:
    """Say what is wrong in configs, by line, without reading data.

    Example: dlrecipe validate digits.yaml house.yaml
    """
    from dlrecipe import report
    from dlrecipe.config import require_valid
    from dlrecipe.results import Validation

    require_valid(configs)
    answer(Validation(tuple(configs)), report.show_validation, as_json=as_json)
