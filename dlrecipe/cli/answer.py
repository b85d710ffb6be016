"""The answer of a command: its result on stdout, for people or for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import typer

from dlrecipe.cli.pipes import reader_may_leave

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.results import Document

Result = TypeVar("Result", bound="Document")


def answer(result: Result, show: Callable[[Result], object], *, as_json: bool) -> None:
    """Print a result.

    Args:
        result: What the command found.
        show: Prints it for people.
        as_json: Print one JSON object and nothing else instead.
    """
    from dlrecipe import report

    with reader_may_leave():
        if as_json:
            typer.echo(report.to_json(result))
        else:
            show(result)
