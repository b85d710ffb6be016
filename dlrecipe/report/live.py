"""The live display of a training: two lines that are gone when it ends."""

from __future__ import annotations

import math
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.percent import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.results import Epoch

REFRESH = 0.1
"""Seconds between two updates; an epoch may take a thousandth of that."""


def shown(epochs: Iterator[Epoch], *, title: str, epochs_total: int | None, err: Console) -> Iterator[Epoch]:
    """Yield every record unchanged; the terminal is restored however the loop ends.

    A record is handed on before it is shown, so that an interrupt while drawing loses none.
    """
    with Live(console=err, auto_refresh=False, transient=True, redirect_stdout=False) as live:
        best, due = None, 0.0
        for epoch in epochs:
            if best is None or epoch.dev_error < best.dev_error:
                best = epoch
            yield epoch
            if (now := monotonic()) >= due:
                live.update(_display(title, epoch, best, epochs_total), refresh=True)
                due = now + REFRESH


def _display(title: str, epoch: Epoch, best: Epoch, total: int | None) -> Group:
    return Group(_bar(title, epoch, total), _figures(epoch, best))


def _bar(title: str, epoch: Epoch, total: int | None) -> Table:
    line = Table.grid(padding=(0, 2), expand=True)
    line.add_column(no_wrap=True, overflow="ellipsis", max_width=30)
    if total is None:
        line.add_column(ratio=1)
        line.add_row(Text(title, "bold"), Text(told(f"epoch {epoch.epoch:,}")))
        return line
    line.add_column(ratio=1)
    line.add_column(no_wrap=True, justify="right")
    left = Text(told(f"epoch {epoch.epoch:,}/{total:,}  {_time_left(epoch, total)}"))
    line.add_row(Text(title, "bold"), ProgressBar(max(total, 1), epoch.epoch), left)
    return line


def _figures(epoch: Epoch, best: Epoch) -> Text:
    figures = (
        f"J {epoch.cost:.3g}",
        f"train error {percent(epoch.train_error)}",
        f"dev error {percent(epoch.dev_error)}",
        f"best {percent(best.dev_error)} in epoch {best.epoch:,}",
    )
    return Text("   ".join(map(told, figures)), no_wrap=True, overflow="ellipsis")


def _time_left(epoch: Epoch, total: int) -> str:
    """Return how long all planned epochs will take, by the records' own clock, which a resume continues."""
    if not epoch.epoch or not math.isfinite(epoch.seconds):
        return "-:-- left"
    minutes, seconds = divmod(math.ceil(epoch.seconds / epoch.epoch * max(total - epoch.epoch, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02} left" if hours else f"{minutes}:{seconds:02} left"
