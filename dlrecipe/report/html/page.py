"""A report as one HTML page, under a content-security policy that allows nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

from dlrecipe.language import language, told
from dlrecipe.report.html import figures
from dlrecipe.report.html.picture import data_uri
from dlrecipe.report.html.prose import prose
from dlrecipe.report.percent import percent, percents, span, sureness
from dlrecipe.report.reach import out_of_reach
from dlrecipe.report.verdict import verdict_line

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from dlrecipe.results import Diagnosis, Report

MOST_CLASSES = 20
"""A confusion matrix of more than these is no picture any more: its largest cells are listed instead."""


def render(report: Report) -> str:
    """Return the page; what comes from data, configs and file names is escaped."""
    style = resources.files(__package__).joinpath("templates", "style.css").read_text(encoding="utf-8")
    page = _environment().get_template("page.html.j2")
    return page.render(report=report, style=style, policy=_policy(style), language=language())


def _policy(style: str) -> str:
    """Return a policy that lets in this style sheet and pictures within the page: no script, no request."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dlrecipe.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "data_uri": data_uri,
        "interval": lambda bounds: span(*percents(*bounds)),
        "labels": lambda found: found.classes.labels if found and found.classes else (),
        "name": lambda path: Path(path).name,
        "number": lambda value: f"{value:.3g}".replace("-", "−"),
        "percent": percent,
        "prose": prose,
        "sureness": sureness,
        "told": _told_now,
        "under": lambda key: f"<{key}",
        "verdict": _verdict,
        "yaml": lambda value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
    }
    environment.globals |= {
        "figures": figures,
        "most_classes": MOST_CLASSES,
        "out_of_reach": out_of_reach,
        "told": _told,
    }
    return environment


def _verdict(diagnosis: Diagnosis) -> str:
    return verdict_line(diagnosis).plain.removeprefix(f"{told('Verdict')}: ")


@pass_context
def _told_now(_context: Context, text: str) -> str:
    """Return a text in the language that is spoken when the page is written.

    Without the context Jinja would ask once for each constant, when it compiles the page.
    """
    return told(text)


def _told(message: str, *values: object) -> str:
    """Return a message of a template with what is put into its places {0}, {1}, …."""
    return told(message.format(*values))
