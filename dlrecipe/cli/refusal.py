"""How a request that cannot be carried out is told: to people on stderr, to programs as JSON on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import typer

from dlrecipe.errors import DlrecipeError

if TYPE_CHECKING:
    from collections.abc import Sequence

BadUsage = cast("type[typer.BadParameter]", typer.BadParameter.__base__)
"""Typer's error for a command line it cannot parse; reached from a subclass, as its home varies."""

REFUSED = (DlrecipeError, BadUsage, MemoryError, RecursionError)
"""What a user can cause; anything else is a bug, and keeps its traceback."""


def refuse(error: Exception, *, as_json: bool) -> None:
    """Say what is wrong with the request.

    Args:
        error: One of `REFUSED`.
        as_json: Whether a program reads stdout.
    """
    kind, messages = _explain(error)
    if as_json:
        _for_programs(kind, messages)
    elif isinstance(error, BadUsage):
        error.show()  # with the command's usage line
    else:
        for message in messages:
            typer.echo(f"Error: {message}", err=True)


def say_interrupted(*, as_json: bool) -> None:
    """Say that a command was stopped before it had anything to show."""
    typer.echo("Interrupted.", err=True)
    if as_json:
        _for_programs("interrupted", ("Interrupted before there was a result.",))


def _for_programs(kind: str, messages: Sequence[str]) -> None:
    from json import dumps

    from dlrecipe.results import SCHEMA

    typer.echo(dumps({"schema": SCHEMA, "error": {"kind": kind, "messages": list(messages)}}))


def _explain(error: Exception) -> tuple[str, Sequence[str]]:
    """Return the kind, one word for scripts, and a sentence or two for each problem."""
    if isinstance(error, DlrecipeError):
        return error.kind, error.messages
    if isinstance(error, BadUsage):
        return "usage", (error.format_message(),)
    if isinstance(error, MemoryError):
        return "memory", (f"There is not enough memory: {error}. Take fewer examples or a smaller network.",)
    return "recursion", ("The config or the data are nested too deeply to be read.",)
