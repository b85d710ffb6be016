"""A reader of our output that leaves early, as `head` does, is no error."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Let the block write to a pipe whose reader leaves: what is left to say is said to nobody."""
    try:
        yield
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as error:
        if not _is_broken_pipe(error):
            raise
        _discard_unread()


def _is_broken_pipe(error: BaseException) -> bool:
    """Whether `error` is one, or the `SystemExit` that typer and rich make of one."""
    return isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError)


def _discard_unread() -> None:
    """Send what nobody reads to nowhere, so that the interpreter's last flush finds no broken pipe either."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
