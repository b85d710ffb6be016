"""`dlrecipe schema`."""

import typer


def schema() -> None:
    """Print the JSON Schema of the config, for editors.

    Example: dlrecipe schema > dlrecipe.schema.json
    """
    from json import dumps

    from dlrecipe.config import json_schema

    typer.echo(dumps(json_schema(), indent=2))
