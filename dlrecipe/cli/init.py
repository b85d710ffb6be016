"""`dlrecipe init`."""

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from dlrecipe.errors import UsageError

SCHEMA = "dlrecipe.schema.json"
"""The file that the first line of a config names, from which editors know the keys."""


def init(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Where to write it; - for stdout.")
    ] = "config.yaml",
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Your data, or a bundled set; digits if left out."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="NAME", help="What is predicted: a column, an array, a label file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if there is one.")] = False,
) -> None:
    """Write a commented config, for a bundled set or for your data.

    Example: dlrecipe init house.yaml --data houses.csv --target price
    """
    from dlrecipe.experiments.starter import starter_config

    if file == "-":
        typer.echo(starter_config(data, target, Path()), nl=False)
        return
    path = Path(file)
    if path.exists() and not force:
        raise UsageError(f"{file} is there already. Name another file, or overwrite it with --force.")
    text = starter_config(data, target, path.parent)
    try:
        path.write_text(text, encoding="utf-8")
        _write_schema(path.with_name(SCHEMA))
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.") from error
    check, train = (shlex.join(["dlrecipe", command, file]) for command in ("check", "train"))
    typer.echo(f"Wrote {file}. Next: {check}, then {train}")


def _write_schema(path: Path) -> None:
    """Write the schema beside the config, so that editors find it; one that is there stays."""
    if not path.exists():
        from dlrecipe.config import json_schema

        path.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
