"""Progress of a training or experiment: a live display where somebody watches, else nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dlrecipe.report.console import error_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from dlrecipe.results import Epoch


def watch(
    title: str, epochs_total: int | None, err: Console | None = None
) -> Callable[[Iterator[Epoch]], Iterator[Epoch]]:
    """Return a function that passes on every record of an iterator, and shows the last one meanwhile.

    Args:
        title: What is being trained.
        epochs_total: Planned epochs; None where nobody knows, and then there is no bar.
        err: The terminal; by default, stderr. Where it is none, the iterator is returned untouched.
    """
    err = err or error_console()
    if not err.is_terminal or err.is_dumb_terminal:
        return iter
    from dlrecipe.report.live import shown  # noqa: PLC0415  # only a terminal needs rich's live display

    return partial(shown, title=title, epochs_total=epochs_total, err=err)


def track(title: str, err: Console | None = None) -> Callable[[Sequence[int]], Iterable[int]]:
    """Return a function that passes on the trials of an experiment, with a bar where somebody watches.

    Args:
        title: What is being tried.
        err: The terminal; by default, stderr. Where it is none, the trials are returned untouched.
    """
    err = err or error_console()
    if not err.is_terminal or err.is_dumb_terminal:
        return iter
    from rich.progress import track as tracked  # noqa: PLC0415  # only a terminal needs rich's live display

    return partial(tracked, description=title, console=err, transient=True)
