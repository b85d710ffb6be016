"""What the lecture's experiments measured, for the pages of every language; each runs once in a build."""

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
        page: Markdown. The comment `plots` may have the plots' titles in its own language, a line each.
        name: The topic.

    Raises:
        ValueError: The page has titles, but not one for each plot.
    """
    found = _demonstrated(name)
    page = COMMAND.sub(lambda command: f"{command[0]}{_table(found)}\n", page)
    return PLOTS.sub(lambda mark: _figures(found, mark["titles"].splitlines()), page)


def with_list(page: str, topics: Mapping[str, str]) -> str:
    """Return the page with its list of the topics: a link, the command, and the claim.

    Args:
        page: Markdown, with a comment where the list goes.
        topics: The topics' pages by name, of which title and claim are taken.
    """
    entries = [
        f"[**{title}**]({name}.md) `dlrecipe lecture {name}`\n:   {claim}"
        for name, text in topics.items()
        for title, claim in [_title_and_claim(text)]
    ]
    return page.replace(LIST, "\n\n".join(entries))


def _title_and_claim(page: str) -> tuple[str, str]:
    title, _, claim, *_ = page.splitlines()
    return title.removeprefix("# "), claim.strip("*")


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
        yield f'<figure class="{kind}" tabindex="0">{caption}{picture(replace(plot, title=title))}</figure>'
