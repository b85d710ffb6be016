"""Runs side by side on the screen: a table, and for each other run whether the best one is better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.notes import show_notes
from dlrecipe.report.percent import percent, percents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import ComparedRun, Comparison, Pair

HEAD = ("run", "train", "dev", "95 % interval", "verdict")


def show_comparison(comparison: Comparison, out: Console | None = None, err: Console | None = None) -> None:
    """Print a comparison; its notes go to stderr.

    Args:
        comparison: What to show.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    say(out, *_table(comparison.runs, out))
    say(out, Text())
    for sentence in _sentences(comparison):
        say(out, paragraph(sentence, readable_width(out), rest="  "))
    show_notes(comparison.notes, err)


def _table(runs: Sequence[ComparedRun], out: Console) -> Iterator[Text]:
    """Yield a line for each run, and below it what is particular about it."""
    rows: list[list[Cell]] = [[Text(title, "dim") for title in HEAD]]
    for run in runs:
        interval = " to ".join(percents(*run.dev_interval))
        name = Text(Path(run.run).name, "bold")
        rows.append([name, percent(run.train_error), percent(run.dev_error), interval, run.verdict])
    head, *lines = columns(rows, "lrrrl", indent="")
    yield head
    for run, line in zip(runs, lines, strict=True):
        yield line
        if run.settings:
            yield paragraph(settings_text(run.settings), readable_width(out), "dim", first="  ", rest="  ")


def settings_text(settings: Mapping[str, object]) -> str:
    """Return settings in a line, as `layers [64], lambda 0.3`, without their sections where that is clear."""
    names = [key.rpartition(".")[2] for key in settings]
    return ", ".join(
        f"{name if names.count(name) == 1 else key} {_yaml(value)}"
        for name, (key, value) in zip(names, settings.items(), strict=True)
    )


def _yaml(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sentences(comparison: Comparison) -> Iterator[str]:
    for pair in comparison.pairs:
        yield _pair(pair)
    for group in comparison.seeds:
        names = ", ".join(Path(run).name for run in group.runs)
        yield (
            f"{names} differ in their seed only: dev error {percent(group.mean)} on average, standard "
            f"deviation {percent(group.sd)}."
        )
    noun = "comparison" if comparison.tests == 1 else "comparisons"
    tried = f"{comparison.tried} runs were tried on these data"
    yield f"{tried}; p is corrected (Holm) for {comparison.tests} {noun}."


def _pair(pair: Pair) -> str:
    best, other = Path(pair.best).name, Path(pair.other).name
    low, high = percents(*pair.interval)
    figures = f"{percent(pair.difference)} apart ({low} to {high}), {_p(pair.p_corrected)}, {pair.test}"
    if pair.only_best_wrong is not None:
        figures += (
            f": only {best} is wrong on {pair.only_best_wrong}, only {other} on {pair.only_other_wrong}"
        )
    if pair.judgement == "better":
        return f"{best} is better than {other}: {figures}."
    return f"{best}, {other}: no evidence of a difference; {figures}.{_telling(pair)}"


def _telling(pair: Pair) -> str:
    if pair.difference == 0:
        return " Their errors are equal."
    if pair.examples_to_tell is None:
        return " No number of dev examples up to ten million would tell so small a difference."
    return f" About {pair.examples_to_tell:,} dev examples would tell."


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.2g}"
