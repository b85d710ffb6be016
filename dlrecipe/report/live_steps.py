"""The loop's table while it runs: in a terminal only, and gone when it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.console import Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.console import error_console
from dlrecipe.report.layout import columns
from dlrecipe.report.steps import JUSTIFY, step_rows
from dlrecipe.report.suggestions import in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console, RenderableType

    from dlrecipe.results import Progress


def watch_steps(err: Console | None = None) -> Callable[[Iterator[Progress]], Iterator[Progress]]:
    """Return a function that passes the loop's progress on, and shows it meanwhile.

    Args:
        err: The terminal; by default, stderr. Where it is none, the iterator is returned untouched.
    """
    err = err or error_console()
    if not err.is_terminal or err.is_dumb_terminal:
        return iter
    return partial(_shown, err=err)


def _shown(progress: Iterator[Progress], *, err: Console) -> Iterator[Progress]:
    with Live(console=err, refresh_per_second=4, transient=True, redirect_stdout=False) as live:
        for now in progress:
            live.update(_display(now, err.height), refresh=True)
            yield now


def _display(now: Progress, height: int) -> Group:
    """Return the table, its last rows where the terminal is too low for all."""
    head, *rows = columns(list(step_rows(now.start, now.steps)), JUSTIFY, indent="")
    room = max(1, height - len(now.trying) - 2)
    for row in (head, *rows):
        row.no_wrap, row.overflow = True, "ellipsis"
    return Group(head, *rows[-room:], *_trying(now))


def _trying(now: Progress) -> Iterator[RenderableType]:
    first = len(now.steps) + (2 if now.start else 1)
    for number, (name, patch) in enumerate(now.trying, first):
        text = f"{told(f'{number} of {now.trainings}')}: {name}  {in_one_line(patch)}"
        yield Spinner("dots", Text(text, no_wrap=True, overflow="ellipsis"))
