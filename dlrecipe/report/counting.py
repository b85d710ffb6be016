"""Progress of several trainings: a bar in a terminal, nothing where nobody watches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dlrecipe.language import told
from dlrecipe.report.console import error_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    Counts = Iterator[tuple[int, int]]


def watch_count(title: str, err: Console | None = None) -> Callable[[Counts], Counts]:
    """Return a function that passes on how many trainings of how many are done, and shows it meanwhile.

    Args:
        title: What they are for.
        err: The terminal; by default, stderr. Where it is none, the iterator is returned untouched.
    """
    err = err or error_console()
    if not err.is_terminal or err.is_dumb_terminal:
        return iter
    return partial(_shown, title=title, err=err)


def _shown(counts: Counts, *, title: str, err: Console) -> Counts:
    from rich.progress import Progress  # noqa: PLC0415  # only a terminal needs rich's live display

    with Progress(console=err, transient=True, redirect_stdout=False) as progress:
        spoken = told(title)
        bar = progress.add_task(spoken, total=None)
        for done, total in counts:
            text = f"{spoken}: {told(f'{done} of {total}')}"
            progress.update(bar, description=text, completed=done, total=total)
            yield done, total
