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
        discard_unwritten()


def _is_broken_pipe(error: BaseException) -> bool:
    """Whether `error` is one, or the `SystemExit` that typer and rich make of one."""
    return isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError)


def discard_unwritten() -> None:
    """Send what cannot be written to nowhere, so that the interpreter's last flush does not fail either."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
