"""Every page of docs/ is carried out: its files are written, its commands run, its outputs held."""

import shutil

import pytest
from docs_pages import DOCS, PAGES, ROOT, alike, carried_out, promised
from typer.main import get_command

from dlrecipe.cli.app import app

COMING = {"sweep", "curve", "lecture"} - get_command(app).commands.keys()
"""Commands that pages describe and the program has not got yet: their blocks wait for them."""


def waits(text):
    return any(f"dlrecipe {name}" in text or f"dlrecipe.{name}" in text for name in COMING)


LONG = ("tutorial.md", "how-to/sweeps.md")


def named(page):
    name = str(page.relative_to(DOCS))
    return pytest.param(page, id=name, marks=[pytest.mark.slow] if name in LONG else [])


@pytest.mark.parametrize("page", [named(page) for page in PAGES])
def test_a_page_does_what_it_says(page, tmp_path, request):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    shutil.copy(DOCS / "data/penguins.csv", tmp_path)
    update = request.config.getoption("--update-docs")
    refreshed = carried_out(page.read_text(encoding="utf-8"), tmp_path, waits, update=update)
    if update:
        page.write_text(refreshed, encoding="utf-8")


@pytest.mark.parametrize(
    ("shown", "printed", "holds"),
    [
        ("dev 2.5 % of 359", "dev 2.6 %  of\n  359", True),
        ("high variance", "low variance", False),
        ("dev 2.5 %", "dev 12.5 %", False),
        ("took 0.2 s", "took 19.0 s", True),
        ("first\n…\nlast", "first\nmore\nand more\nlast", True),
        ("first\n…\nlast", "first\nmore", False),
        ("first", "first and more", False),
        ("first\n…", "first and more", True),
    ],
)
def test_what_counts_as_the_same_output(shown, printed, holds):
    assert promised(shown, printed) is holds


def test_what_counts_as_alike():
    assert alike("dev error 7.8 % -> 1.9 %, kept", "dev error 8.8 % -> 2.9 %, kept")
    assert not alike("dev error 7.8 % -> 1.9 %, kept", "Usage: dlrecipe improve CONFIG")
