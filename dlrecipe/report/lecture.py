"""The lecture on the screen: its topics, and what an experiment showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.report.chart import canvas_for
from dlrecipe.report.console import console, readable_width, say
from dlrecipe.report.layout import columns, paragraph
from dlrecipe.report.lecture_plots import plot_lines
from dlrecipe.report.percent import percent, percents, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from dlrecipe.report.layout import Cell
    from dlrecipe.results import Course, Demonstration, Figure, Handout, Syllabus

INDENT = "  "


def show_syllabus(syllabus: Syllabus, out: Console | None = None) -> None:
    """Print every topic with its claim."""
    out = out or console()
    width = readable_width(out)
    for topic in syllabus.topics:
        say(
            out,
            Text(topic.name, "bold"),
            paragraph(told(topic.claim), width, first=INDENT, rest=INDENT),
            Text(),
        )
    say(out, Text(f"{told('See one')}: dlrecipe lecture {syllabus.topics[0].name}"))


def show_course(course: Course, out: Console | None = None) -> None:
    """Print for every topic whether its claim holds, and of one that does not, the figures that say so."""
    rows = [[Text(found.name, "bold"), verdict(found)] for found in course.topics]
    say(out or console(), *columns(rows, "ll", indent=""))


def show_handout(handout: Handout, out: Console | None = None) -> None:
    """Print the files that were laid out."""
    say(out or console(), *map(Text, handout.files))


def show_demonstration(found: Demonstration, out: Console | None = None) -> None:
    """Print a topic: its claim, what the lecture says, the figures, the plots, and how to go on."""
    out = out or console()
    width = readable_width(out)
    say(out, paragraph(told(found.claim), width, "bold"))
    for text in (*told(found.lecture).split("\n\n"), told(found.experiment)):
        say(out, Text(), paragraph(text, width))
    say(out, Text(), *columns(list(figure_rows(found)), "lrrrl"))
    for line in plot_lines(found.plots, width, canvas_for(out)):
        say(out, Text(line))
    say(out, Text(), verdict(found))
    say(out, Text(), paragraph(told(found.yours), width))
    if found.files:
        say(out, Text(f"{INDENT}dlrecipe lecture {found.name} --files .", "cyan"))
    say(out, *(Text(f"{INDENT}{command}", "cyan") for command in found.commands))


def figure_rows(found: Demonstration) -> Iterator[list[Cell]]:
    """Yield a heading, and a row for each figure: its value, interval, bounds, and whether it keeps them."""
    yield [Text(told(title), "dim") for title in ("measured", "", "95 % interval", "must be", "")]
    for figure in found.figures:
        mark = Text(told("yes"), "green") if figure.holds else Text(told("NO"), "bold red")
        yield [
            told(figure.label),
            value_of(figure),
            interval_of(figure),
            bounds_of(figure),
            mark if figure.judged else "",
        ]


def value_of(figure: Figure) -> str:
    """Return the value as people read it."""
    return percent(figure.value) if figure.percent else f"{figure.value:.3g}"


def interval_of(figure: Figure) -> str:
    """Return the interval, empty where there is none."""
    if figure.interval is None:
        return ""
    low, high = percents(*figure.interval) if figure.percent else (f"{end:.3g}" for end in figure.interval)
    return span(low, high)


def bounds_of(figure: Figure) -> str:
    """Return what the figure must be, empty where it may be anything."""
    write = percent if figure.percent else "{:.3g}".format
    above = [] if figure.above is None else [f"above {write(figure.above)}"]
    below = [] if figure.below is None else [f"below {write(figure.below)}"]
    return ", ".join(map(told, above + below))


def verdict(found: Demonstration) -> Text:
    """Return one line: whether the claim holds, and which figures say no."""
    if found.holds:
        return Text(told("The claim holds."), "bold green")
    failed = [told(figure.label) for figure in found.figures if not figure.holds]
    return Text(f"{told('The claim does not hold here')}: {'; '.join(failed)}.", "bold red")
