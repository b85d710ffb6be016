"""A sweep at its end: the best trial, all trials by dev error, and what the choice cost."""

from __future__ import annotations

import shlex
from collections import Counter
from math import inf
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.choice import cost_of_choosing
from dlrecipe.report.console import console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.percent import percent
from dlrecipe.report.suggestions import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import SweepResult, SweepTrial

HEAD = [Text(title, "dim") for title in ("", "dev error", "train error", "epochs", "", "settings")]
JUSTIFY = "rrrrll"
MOST = 50
"""Rows on the screen; `--json` has them all."""


def show_sweep(found: SweepResult, out: Console | None = None) -> None:
    """Print what a sweep found.

    Args:
        found: Its result.
        out: Where to; by default, stdout.
    """
    out = out or console()
    width = readable_width(out)
    say(out, _headline(found))
    if found.trials:
        say(out, Text(), *columns([list(HEAD), *trial_rows(found.trials, MOST)], JUSTIFY))
    if len(found.trials) > MOST:
        say(out, Text(f"  and {len(found.trials) - MOST} more, which --json lists", "dim"))
    failures = list(_failures(found.trials, width))
    if failures:
        say(out, Text(), Text("What failed", "bold"), *failures)
    if found.best is not None:
        say(out, Text(), *_best(found, width))
        command = shlex.join(["dlrecipe", "evaluate", found.best])
        say(out, Text(), Text.assemble(("Next: ", "bold"), (command, "cyan")))


def trial_rows(trials: Sequence[SweepTrial], most: int) -> list[list[Cell]]:
    """Return a row for each trial, its number first; the lowest dev errors first, failed ones last."""
    order = sorted(range(len(trials)), key=lambda at: _rank(trials[at]))
    return [_row(at + 1, trials[at]) for at in order[:most]]


def tally(trials: Sequence[SweepTrial]) -> str:
    """Return how many trials ended how: `9 finished, 2 pruned, 1 failed`."""
    counted = Counter(trial.status for trial in trials)
    return ", ".join(
        f"{counted[status]} {status}" for status in ("finished", "pruned", "failed") if counted[status]
    )


def _rank(trial: SweepTrial) -> tuple[int, float]:
    error = inf if trial.dev_error is None else trial.dev_error
    return ("finished", "pruned", "failed").index(trial.status), error


def _row(number: int, trial: SweepTrial) -> list[Cell]:
    style = "" if trial.status == "finished" else "dim"
    errors = ("" if e is None else percent(e) for e in (trial.dev_error, trial.train_error))
    cells = (str(number), *errors, "" if trial.epochs is None else str(trial.epochs))
    status = "" if trial.status == "finished" else trial.status
    return [
        *(Text(cell, style) for cell in cells),
        Text(status, style),
        Text(in_one_line(trial.patch), "dim"),
    ]


def _headline(found: SweepResult) -> Text:
    done = f"{len(found.trials)} trial{'s' if len(found.trials) != 1 else ''} ({found.method})"
    best = "no trial finished" if found.dev_error is None else f"best dev error {percent(found.dev_error)}"
    what = tally(found.trials) or "interrupted before the first was finished"
    return Text.assemble((best, "bold"), f" of {done}: {what}; {found.seconds:.3g} s of training")


def _failures(trials: Sequence[SweepTrial], width: int) -> Iterator[Text]:
    for number, trial in enumerate(trials, 1):
        if trial.status == "failed":
            yield paragraph(trial.reason or "", width, first=f"{number:>3}. ", rest="     ")


def _best(found: SweepResult, width: int) -> Iterator[Text]:
    yield Text.assemble("Best: ", (found.best or "", "bold"), f"  {found.verdict}")
    yield paragraph(f"Settings: {in_one_line(found.patch)}", width, first="  ", rest="    ")
    yield Text(f"  Config: {found.best_config}")
    if found.honesty is None or found.dev_error is None:
        if len(found.trials) > 1:
            text = (
                "It is the best of several on one dev set, so its dev error is too low; by how much "
                "cannot be told from these trials."
            )
            yield paragraph(text, width, first="  ", rest="  ")
        return
    yield paragraph(cost_of_choosing(found.dev_error, found.honesty), width, first="  ", rest="  ")
