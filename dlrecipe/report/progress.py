"""A live line while a training runs; nothing where nobody watches."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dlrecipe.report.console import error_console
from dlrecipe.report.percent import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from dlrecipe.results import Epoch

INTERVAL = 0.1
"""Seconds between two drawings: an epoch may take a thousandth of that."""


def watch(
    title: str, epochs: int | None, err: Console | None = None
) -> Callable[[Iterator[Epoch]], Iterator[Epoch]]:
    """Make a wrapper that shows evaluations as they pass, and passes every one on unchanged.

    Args:
        title: What is trained.
        epochs: How many epochs are planned, where that is known.
        err: Where to; by default, stderr. Not a terminal: the stream is passed on as it is.
    """
    out = err or error_console()
    if not out.is_terminal:
        return iter
    return lambda stream: _shown(stream, title, epochs, out)


def _shown(stream: Iterator[Epoch], title: str, epochs: int | None, out: Console) -> Iterator[Epoch]:
    best = float("inf")
    due = 0.0
    with _bar(title, epochs, out) as draw:
        for epoch in stream:
            best = min(best, epoch.dev_error)
            now = time.monotonic()
            if now >= due:
                draw(epoch, best)
                due = now + INTERVAL
            yield epoch


@contextmanager
def _bar(title: str, epochs: int | None, out: Console) -> Iterator[Callable[[Epoch, float], None]]:
    """A bar that goes away when its block ends, however it ends."""
    from rich.progress import (  # noqa: PLC0415  # nobody pays for it where nobody watches
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[figures]}", markup=False),
        console=out,
        transient=True,
        auto_refresh=False,
    ) as progress:
        task = progress.add_task(title, total=epochs, figures="")

        def draw(epoch: Epoch, best: float) -> None:
            figures = (
                f"J {epoch.cost:.4g}  train {percent(epoch.train_error)}  dev {percent(epoch.dev_error)}"
                f"  best {percent(best)}"
            )
            progress.update(task, completed=epoch.epoch, figures=figures)
            progress.refresh()

        yield draw
