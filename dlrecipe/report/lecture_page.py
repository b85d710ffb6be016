"""An experiment as one HTML page: claim, texts, figures and plots, without script or request."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.language import language, told
from dlrecipe.report.html.prose import prose
from dlrecipe.report.lecture import bounds_of, interval_of, value_of, verdict
from dlrecipe.report.lecture_svg import picture
from dlrecipe.results import Plot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.results import Demonstration

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; line-height: 1.35; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #8884; }
.scroll { overflow-x: auto; }
.plots { display: flex; flex-wrap: wrap; gap: 1.2rem; }
figure { margin: 1rem 0; flex: 1 1 13rem; }
td:nth-child(n + 2) { white-space: nowrap; }
figure.wide { flex-basis: 100%; overflow-x: auto; }
figure.wide svg { min-width: 32rem; }
figcaption { font-weight: 600; margin-bottom: .3rem; }
svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
pre { overflow-x: auto; padding: .8rem; background: #8882; border-radius: .4rem; }
.yes { color: #1a7f37; } .no { color: #cf222e; font-weight: 600; }
"""


def write_lecture_page(found: Demonstration, file: Path | None = None) -> Path:
    """Write the page.

    Args:
        found: What the experiment showed.
        file: Where to; by default, a file of the topic's name in a new temporary folder.

    Returns:
        The file.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path = file or Path(tempfile.mkdtemp(prefix="dlrecipe-lecture-")) / f"{found.name}.html"
        path.write_text(lecture_page(found), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The page cannot be written to {file}: {error.strerror or error}.") from error
    return path


def lecture_page(found: Demonstration) -> str:
    """Return the page; every text in it is escaped."""
    mark = "yes" if found.holds else "no"
    commands = [f"dlrecipe lecture {found.name} --files ."] if found.files else []
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{language()}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(found.name)}: dlrecipe lecture</title><style>{STYLE}</style></head><body>",
            f"<h1>{prose(told(found.claim))}</h1>",
            f'<p class="{mark}">{escape(verdict(found).plain)}</p>',
            f"<h2>{told('What the lecture says')}</h2>",
            *(f"<p>{prose(text)}</p>" for text in told(found.lecture).split("\n\n")),
            f"<h2>{told('What was measured')}</h2>",
            f"<p>{prose(told(found.experiment))}</p>",
            *_table(found),
            '<div class="plots">',
            *_plots(found),
            "</div>",
            f"<h2>{told('See it on your own data')}</h2>",
            f"<p>{prose(told(found.yours))}</p>",
            f"<pre>{escape(chr(10).join([*commands, *found.commands]))}</pre>",
            "</body></html>",
            "",
        ]
    )


def _table(found: Demonstration) -> Iterator[str]:
    yield '<div class="scroll"><table><tr>'
    yield from (f"<th>{told(title)}</th>" for title in ("figure", "measured", "95 % interval", "must be", ""))
    yield "</tr>"
    for figure in found.figures:
        texts = (told(figure.label), value_of(figure), interval_of(figure), bounds_of(figure))
        holds = ("yes" if figure.holds else "no") if figure.judged else ""
        cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
        yield f'<tr>{cells}<td class="{holds}">{told(holds)}</td></tr>'
    yield "</table></div>"


def _plots(found: Demonstration) -> Iterator[str]:
    for plot in found.plots:
        kind = "wide" if isinstance(plot, Plot) else "plane"
        title = escape(told(plot.title))
        yield f'<figure class="{kind}"><figcaption>{title}</figcaption>{picture(plot)}</figure>'
