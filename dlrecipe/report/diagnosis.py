"""A diagnosis on the screen: the verdict, the errors and their gaps as an account, what to do next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.console import console, error_console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.notes import show_notes
from dlrecipe.report.percent import percent, percents, span, sureness
from dlrecipe.report.reach import out_of_reach
from dlrecipe.report.suggestions import INDENT, suggestion_lines
from dlrecipe.report.verdict import verdict_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Diagnosis, Gap

HEAD = ("", "error", "examples", "95 % interval", "level", "how sure")
HEAD_WITHOUT_INTERVALS = ("", "error", "examples", "", "level")
HEAD_WITHOUT_SIZES = ("", "error", "", "", "level")
REGRESSION = "Errors are mean squared errors relative to the variance of the training targets."


def show_diagnosis(diagnosis: Diagnosis, out: Console | None = None, err: Console | None = None) -> None:
    """Print a verdict, the figures behind it and the suggestions; its notes go to stderr.

    Args:
        diagnosis: What to show.
        out: Where to; by default, stdout.
        err: Where notes go; by default, stderr.
    """
    out, err = out or console(), err or error_console()
    _show_verdict(diagnosis, out)
    say(out, Text(), *columns(list(_account(diagnosis)), "lrrrlrl"))
    if diagnosis.figures.task == "regression":
        say(out, paragraph(told(REGRESSION), readable_width(out), "dim", first="  ", rest="  "))
    show_notes(diagnosis.notes, err)
    if diagnosis.suggestions:
        say(out, Text(), Text(told("What to do, best first"), "bold"))
        say(out, *suggestion_lines(diagnosis.suggestions, readable_width(out)))
        if diagnosis.suggestions[-1].id == "bigger_dev_set" and (remark := out_of_reach(diagnosis)):
            say(out, paragraph(told(remark), readable_width(out), first=INDENT, rest=INDENT))


def _show_verdict(diagnosis: Diagnosis, out: Console) -> None:
    """Print the verdict; one line for programs, wrapped between words for people."""
    line = verdict_line(diagnosis)
    if out.is_terminal:  # a wrapped line has as many characters: its styles stay where they are
        line = Text(paragraph(line.plain, readable_width(out)).plain, spans=line.spans)
    say(out, line)


def _account(diagnosis: Diagnosis) -> Iterator[list[Cell]]:
    """Yield the table's rows: each gap stands between the two errors it is the difference of."""
    figures = diagnosis.figures
    has_train_dev = figures.train_dev_error is not None
    head = HEAD if any(gap.interval for gap in diagnosis.gaps.values()) else HEAD_WITHOUT_INTERVALS
    if {figures.train_size, figures.train_dev_size, figures.dev_size} == {None}:
        head = HEAD_WITHOUT_SIZES
    yield [Text(told(title), "dim") for title in head]
    yield _error("human", diagnosis.human_error, None, "" if diagnosis.human_error_given else "assumed")
    yield _gap("avoidable bias", diagnosis.bias)
    yield _error("train", figures.train_error, figures.train_size)
    yield _gap("variance", diagnosis.variance)
    if has_train_dev and diagnosis.mismatch is not None:
        yield _error("train-dev", figures.train_dev_error or 0.0, figures.train_dev_size)
        yield _gap("mismatch", diagnosis.mismatch)
    yield _error("dev", figures.dev_error, figures.dev_size)


def _error(name: str, error: float, size: int | None, remark: str = "") -> list[Cell]:
    examples = Text(told(remark), "dim") if size is None else Text(f"{size:,}")
    return [Text(told(name), "bold"), Text(percent(error), "bold"), examples]


def _gap(name: str, gap: Gap) -> list[Cell]:
    interval = "" if gap.interval is None else span(*percents(*gap.interval))
    sure = "" if gap.confidence is None else sureness(gap.confidence)
    judged = math.isclose(gap.gap, gap.judged, abs_tol=1e-12)
    remark = "" if judged else told(f"judged on {percent(gap.judged)}")
    level = Text(told(gap.level), "bold red" if gap.level == "high" else "green")
    return [f"  {told(name)}", percent(gap.gap), "", interval, level, sure, Text(remark, "dim")]
