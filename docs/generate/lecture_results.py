"""What the lecture's experiments measured, put into the pages of every language; each is run once in a build."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from dlrecipe.lecture import TOPICS
from dlrecipe.report.layout import columns
from dlrecipe.report.lecture import figure_rows, verdict
from dlrecipe.report.lecture_svg import picture
from dlrecipe.results import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlrecipe.results import Demonstration

COMMAND = re.compile(r"^\$ dlrecipe lecture [\w-]+\n(?=```)", re.MULTILINE)
PLOTS = re.compile(r"^<!-- plots\n?(?P<titles>.*?) ?-->$", re.MULTILINE | re.DOTALL)
LIST = "<!-- topics -->"
LEFT_OUT = "…"


def with_results(page: str, name: str) -> str:
    """Return a topic's page with the table behind the command, and the plots where the page wants them.

    Args:
        page: Markdown. The comment `plots` may have the titles of the plots, a line each, in its own language.
        name: The topic.

    Raises:
        ValueError: The page has titles, but not one for each plot.
    """
    found = _demonstrated(name)
    page = COMMAND.sub(lambda command: f"{command[0]}{_table(found)}\n", page)
    return PLOTS.sub(lambda mark: _figures(found, mark["titles"].splitlines()), page)


def with_list(page: str, topics: Mapping[str, str]) -> str:
    """Return the page with a table of the topics.

    Args:
        page: Markdown, with a comment where the table goes.
        topics: The topics' pages by name, of which title and claim are taken.
    """
    rows = ["| topic | run | |", "|---|---|---|"]
    for name, text in topics.items():
        title, claim = re.findall(r"^# (.+)$|^\*\*(.+)\*\*$", text, re.MULTILINE)[:2]
        rows.append(f"| [{title[0]}]({name}.md) | `dlrecipe lecture {name}` | {claim[1]} |")
    return page.replace(LIST, "\n".join(rows))


@cache
def _demonstrated(name: str) -> Demonstration:
    return TOPICS[name].demonstrate()


def _table(found: Demonstration) -> str:
    """The figures and the verdict, as they stand on the screen; the texts around them are in the page."""
    table = (line.plain.rstrip() for line in columns(list(figure_rows(found)), "lrrrl"))
    return "\n".join([LEFT_OUT, *table, LEFT_OUT, verdict(found).plain, LEFT_OUT])


def _figures(found: Demonstration, titles: list[str]) -> str:
    return f'<div class="plots" data-search-exclude>{"".join(_each(found, titles))}</div>'


def _each(found: Demonstration, titles: list[str]) -> Iterator[str]:
    for plot, title in zip(found.plots, titles or [plot.title for plot in found.plots], strict=True):
        kind = "wide" if isinstance(plot, Plot) else "plane"
        caption = f"<figcaption>{escape(title)}</figcaption>"
        yield f'<figure class="{kind}">{caption}{picture(replace(plot, title=title))}</figure>'
