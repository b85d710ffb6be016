"""A command that is interrupted: typer would turn that into a status, before anybody can say a word."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class InterruptedCommandError(Exception):
    """A `KeyboardInterrupt` on its way through typer."""


INTERRUPTION = (KeyboardInterrupt, typer.Abort, InterruptedCommandError)
"""What a person or a scheduler causes."""


def interruptible(command: Callable[P, R]) -> Callable[P, R]:
    """Return the command, whose interruption reaches the caller of the program."""

    @wraps(command)
    def carried_out(*args: P.args, **options: P.kwargs) -> R:
        try:
            return command(*args, **options)
        except KeyboardInterrupt as error:
            raise InterruptedCommandError from error

    return carried_out
