"""The lecture on the screen and as a page."""

import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from rich.console import Console

from dlrecipe import report
from dlrecipe.errors import UsageError
from dlrecipe.report.canvas import Ascii, Braille
from dlrecipe.report.lecture_plots import plot_lines
from dlrecipe.report.lecture_svg import picture
from dlrecipe.results import Claim, Demonstration, Figure, Handout, Line, Plane, Plot, Syllabus

PLOT = Plot(
    "cost", "lambda", (0.1, 1.0, 10.0), (Line("a", (1.0, 2.0, 3.0)), Line("b", (3.0, 2.0, 1.0))), True
)
PLANE = Plane(
    "classes",
    "x1",
    "x2",
    (0.0, 4.0),
    (0.0, 2.0),
    ((0, 0, 1, 1), (0, 1, 1, 1)),
    ((0.0, 2.0, 0), (4.0, 0.0, 1)),
)
GOOD = Figure("good", "a figure that is right", 0.25, (0.2, 0.3), above=0.1, percent=True)
BAD = Figure("bad", "a figure that is <wrong> & large", 7.0, below=5.0)
PLAIN = Figure("plain", "a figure to be read", 1234.5)


def demonstration(*figures, plots=(PLOT, PLANE, PLANE)):
    return Demonstration(
        "topic",
        "A claim.",
        "First.\n\nSecond.",
        "What was done.",
        figures,
        plots,
        "Yours:",
        ("dlrecipe x",),
        ("a.yaml",),
    )


def screen(show, result, width=100):
    out = Console(width=width, file=None, force_terminal=False, record=True, highlight=False, markup=False)
    with out.capture() as captured:
        show(result, out)
    return captured.get()


def test_a_claim_that_holds_is_shown_with_its_figures_and_the_way_on():
    shown = screen(report.show_demonstration, demonstration(GOOD, PLAIN))
    assert "25.0 %  20.0 % to 30.0 %  above 10.0 %  yes" in shown
    assert "a figure to be read" in shown
    assert "The claim holds." in shown
    assert shown.index("First.") < shown.index("Second.") < shown.index("What was done.")
    assert shown.rstrip().endswith("dlrecipe x")
    assert "dlrecipe lecture topic --files ." in shown


def test_a_claim_that_does_not_hold_names_the_figures_that_say_so():
    shown = screen(report.show_demonstration, demonstration(GOOD, BAD))
    assert "The claim does not hold here: a figure that is <wrong> & large." in shown
    assert "below 5  NO" in shown


def test_the_syllabus_shows_every_claim():
    shown = screen(
        report.show_syllabus, Syllabus((Claim("one", "First claim."), Claim("two", "Second claim.")))
    )
    assert shown.startswith("one\n  First claim.\n\ntwo\n  Second claim.\n")
    assert "dlrecipe lecture one" in shown


def test_a_handout_is_a_list_of_files():
    assert screen(report.show_handout, Handout(("a", "b"))) == "a\nb\n"


def test_a_logarithmic_axis_shows_the_values_themselves():
    lines = list(plot_lines((PLOT,), 60, Braille))
    assert lines[-1].split() == ["0.1", "lambda", "(log", "scale)", "10"]
    assert {line.split()[-1] for line in lines[2:12]} >= {"a", "b"}


def test_more_curves_than_patterns_and_rows_are_drawn():
    many = Plot("many", "x", (0.0, 1.0), tuple(Line(f"w{k}", (0.0, float(k))) for k in range(15)))
    for canvas in (Braille, Ascii):
        lines = list(plot_lines((many,), 60, canvas))
        assert {line.split()[-1] for line in lines if " w" in line} == {f"w{k}" for k in range(15)}


def test_planes_stand_beside_each_other_where_there_is_room():
    wide, narrow = (list(plot_lines((PLANE, PLANE), width, Ascii)) for width in (100, 30))
    assert wide[1].split() == ["classes", "classes"]
    assert len(narrow) == 2 * len(wide)


def test_a_plane_has_its_bands_and_its_points_in_place():
    top, *_, bottom = list(plot_lines((PLANE,), 41, Ascii))[2:17]
    assert top == "|o" + " " * 19 + "." * 20
    assert bottom == "|" + " " * 10 + "." * 29 + "x"


def test_curves_without_a_finite_value_are_no_reason_to_fail():
    nothing = Plot("nothing", "x", (0.0, 1.0), (Line("a", (math.nan, math.inf)),))
    assert "no finite value" in "\n".join(plot_lines((nothing,), 60, Braille))
    assert "no finite value" in picture(nothing)


def test_a_gap_in_a_curve_is_a_gap_in_its_path():
    broken = Plot("gap", "x", (0.0, 1.0, 2.0, 3.0), (Line("a", (1.0, 2.0, math.nan, 2.0)),))
    paths = [element.get("d") for element in ET.fromstring(picture(broken)).iter("path")]  # noqa: S314  # our own
    assert [path.count("M") for path in paths] == [1, 2, 1]  # the axes, the curve, and its piece by its name


def test_a_picture_says_in_words_where_its_curves_run():
    curves = (Line("train", (math.nan, 0.5, 0.25)), Line("none", (math.nan,) * 3))
    plot = Plot("error", "epoch", (0.0, 1.0, 200.0), curves, percent=True)
    label = ET.fromstring(picture(plot)).get("aria-label")  # noqa: S314  # our own
    assert label == "error. epoch: 0 → 200. train: 50.0 % → 25.0 %"
    label = ET.fromstring(picture(PLANE)).get("aria-label")  # noqa: S314  # our own
    assert label.startswith("classes. ")


def test_no_line_or_name_is_lost_on_dark_paper():
    many = Plot("many", "x", (0.0, 1.0), tuple(Line(f"w{k}", (0.0, float(k))) for k in range(15)))
    root = ET.fromstring(picture(many))  # noqa: S314  # our own
    assert {element.get("fill") for element in root.iter("text")} == {"currentColor"}
    assert {element.get("stroke") for element in root.iter("path")} >= {"currentColor"}
    assert not {element.get("stroke") for element in root.iter("path")} & {"black", "#000000", "#000"}


def test_the_page_escapes_every_text_and_its_pictures_are_xml(tmp_path):
    found = demonstration(BAD, plots=(Plot("<b>", "&", (1.0, 2.0), (Line("<i>", (1.0, 2.0)),)), PLANE))
    page = report.write_lecture_page(found, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<wrong>" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "http" not in page
    assert "<script" not in page
    assert "does not hold" in page
    for plot in found.plots:
        assert ET.fromstring(picture(plot)).tag == "svg"  # noqa: S314  # our own


def test_names_between_backticks_are_code_on_the_page(tmp_path):
    found = replace(demonstration(GOOD), yours="The column `weight_norm` shows it.")
    page = report.write_lecture_page(found, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<p>The column <code>weight_norm</code> shows it.</p>" in page


def test_without_a_file_the_page_has_the_topics_name():
    path = report.write_lecture_page(demonstration(GOOD))
    assert path.name == "topic.html"
    path.unlink()
    path.parent.rmdir()


def test_a_page_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        report.write_lecture_page(demonstration(GOOD), tmp_path / "absent" / "page.html")


def test_trials_are_untouched_where_nobody_watches():
    assert list(report.track("topic", Console(force_terminal=False))([1, 2])) == [1, 2]


def test_trials_pass_a_bar_where_somebody_watches():
    err = Console(force_terminal=True, width=60)
    with err.capture() as shown:
        assert list(report.track("topic", err)([1, 2])) == [1, 2]
    assert "topic" in shown.get()
