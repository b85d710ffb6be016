"""The page of `check`: problems first, each with its figures and its fix, and the conclusion last."""

import io

import pytest
from rich.console import Console

from dlrecipe.report import show_check
from dlrecipe.results import CheckReport, Finding

LEAK = Finding("target_leak", "problem", "Column `x` predicts the target", "Error 0 %.", "Leave `x` out.")
FEW = Finding("rare_classes", "warning", "Rare", "[bold]3 rows[/bold] " + "word " * 60)
SIZE = Finding("shape", "info", "10 rows", "Parts: train 6, dev 4.")


@pytest.fixture
def page():
    def show(*findings):
        file = io.StringIO()
        passed = all(finding.level != "problem" for finding in findings)
        show_check(CheckReport(passed, findings, "my.csv"), Console(file=file, width=60))
        return file.getvalue()

    return show


def test_levels_have_headings_in_order_and_empty_ones_none(page):
    text = page(LEAK, FEW, SIZE)
    places = [text.index(word) for word in ("my.csv", "Problems", "`x`", "Warnings", "Rare", "Good to know")]
    assert places == sorted(places)
    assert "Warnings" not in page(SIZE)


def test_a_finding_has_its_figures_and_its_fix(page):
    lines = page(LEAK).splitlines()
    at = lines.index("  x Column `x` predicts the target")
    assert lines[at + 1 : at + 3] == ["    Error 0 %.", "    Fix: Leave `x` out."]
    assert "Fix" not in page(SIZE)


def test_long_reasons_are_wrapped_and_never_read_as_markup(page):
    text = page(FEW)
    assert max(map(len, text.splitlines())) <= 60
    assert "[bold]3 rows[/bold]" in text


def test_the_last_line_says_whether_it_passed(page):
    assert page(LEAK, FEW, FEW).splitlines()[-1] == "Failed: 1 problem, 2 warnings."
    assert page(FEW).splitlines()[-1] == "Passed: no problem, 1 warning."
