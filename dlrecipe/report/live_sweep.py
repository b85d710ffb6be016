"""A sweep's table while it runs: the best so far; in a terminal only, and gone when it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.console import Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from dlrecipe.report.console import error_console
from dlrecipe.report.layout import columns
from dlrecipe.report.suggestions import in_one_line
from dlrecipe.report.sweep import HEAD, JUSTIFY, tally, trial_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from dlrecipe.results import SweepProgress

BEST = 10
"""Trials in the table."""
UNDER_WAY = 8
"""Trainings that are named."""


def watch_sweep(err: Console | None = None) -> Callable[[Iterator[SweepProgress]], Iterator[SweepProgress]]:
    """Return a function that passes a sweep's progress on, and shows it meanwhile.

    Args:
        err: The terminal; by default, stderr. Where it is none, the iterator is returned untouched.
    """
    err = err or error_console()
    if not err.is_terminal or err.is_dumb_terminal:
        return iter
    return partial(_shown, err=err)


def _shown(progress: Iterator[SweepProgress], *, err: Console) -> Iterator[SweepProgress]:
    with Live(console=err, refresh_per_second=4, transient=True, redirect_stdout=False) as live:
        for now in progress:
            live.update(_display(now), refresh=True)
            yield now


def _display(now: SweepProgress) -> Group:
    lines = list(columns([list(HEAD), *trial_rows(now.trials, BEST)], JUSTIFY, indent=""))
    state = f"{len(now.trials)} of {now.planned} trials: {tally(now.trials) or 'none is over yet'}"
    trying = [Text(f"  {in_one_line(patch)}", "dim") for patch in now.trying[:UNDER_WAY]]
    more = len(now.trying) - len(trying)
    trying += [Text(f"  and {more} more under way", "dim")] if more else []
    for line in (*lines, *trying):
        line.no_wrap, line.overflow = True, "ellipsis"
    return Group(*lines, Spinner("dots", Text(state)), *trying)
