"""The page as text: whole, escaped, well formed, and nothing in it that a browser would fetch or run."""

import base64
import hashlib
import io
import math
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

import dlrecipe
from dlrecipe.report.html import render
from dlrecipe.results import (
    Change,
    ClassError,
    Classes,
    Examination,
    LayerState,
    Mistake,
    Picture,
    ReliabilityBin,
    Report,
    RunReport,
    Slice,
)

EVIL = "<script>alert('1')</script>\"&`<img src=x onerror=alert(1)>"
VOID = {"meta", "link", "img", "br"}


class Page(HTMLParser):
    """Reads a page, and refuses one whose tags do not close in their order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def run_report(training, history):
    """A function that gives a run's report, whose every text is what a stranger might write."""

    def build(**changes):
        usual = {
            "run": f"runs/{EVIL.replace('/', '')}",
            "result": training(notes=(EVIL,), environment={EVIL: EVIL, "blas": [EVIL]}, data="0a"),
            "history": history,
            "base": EVIL,
            "changes": (Change(EVIL, EVIL, [EVIL]),),
            "origin": {EVIL: {EVIL: 1}},
            "examination": Examination(
                examples=4,
                of=9,
                classes=Classes(
                    labels=("a", EVIL),
                    confusion=((1, 1), (0, 2)),
                    errors=(
                        ClassError("a", 2, 1, (0.1, 0.9), EVIL),
                        ClassError(EVIL, 2, 0, (0.0, 0.6), None),
                    ),
                    bins=(ReliabilityBin(0.9, 1.0, 4, 0.95, 0.75, (0.3, 0.95)),),
                    ece=0.2,
                    ece_by_chance=0.1,
                ),
                residuals=None,
                mistakes=(Mistake(7, "a", EVIL, 0.95),),
                slices=(Slice(EVIL, EVIL, 4, 0.25, (0.05, 0.7), 0.01),),
                looks=12,
                layers=(LayerState("W1", 4, 3, 1.5, 0.25, 0.9, 2, None),),
            ),
            "absent": "",
        }
        return RunReport(**{**usual, **changes})

    return build


@pytest.fixture
def page(run_report):
    return lambda **changes: Page(render(Report((run_report(**changes),), None)))


def test_what_a_stranger_wrote_is_text(run_report):
    text = render(Report((run_report(),), None))
    assert "<script" not in text
    assert "onerror=alert" in Page(text).text
    assert all("onerror" not in attributes for _, attributes in Page(text).tags)
    assert EVIL in Page(text).text


def test_the_policy_lets_in_the_one_style_sheet_and_nothing_else(run_report):
    text = render(Report((run_report(),), None))
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = Page(text).all("meta")[1]
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


def test_no_attribute_names_another_place_and_none_is_a_style(page):
    for tag, attributes in page().tags:
        assert tag not in {"script", "iframe", "object", "form"}
        assert "style" not in attributes
        for name in ("src", "href", "xlink:href", "data"):
            assert attributes.get(name, "#").startswith(("#", "data:"))


def test_headings_go_down_by_one_and_ids_are_unique(page):
    found = page()
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {name for _, a in found.tags for name in a.get("aria-labelledby", "").split()}
    assert named <= set(ids)
    assert {a["href"][1:] for a in found.all("a")} <= set(ids)


def test_landmarks_captions_and_scopes(page):
    found = page()
    for landmark in ("header", "nav", "main", "footer"):
        assert len(found.all(landmark)) == 1
    assert len(found.all("caption")) == len(found.all("table")) >= 6
    assert all(th.get("scope") in {"row", "col"} for th in found.all("th"))
    pictures = [svg for svg in found.all("svg") if svg.get("aria-hidden") != "true"]
    assert pictures
    assert all(svg["role"] == "img" and svg["aria-labelledby"] for svg in pictures)
    assert len(found.all("title")) == 1 + len(pictures)


def test_the_figures_stand_in_the_page(page):
    text = page().text
    for words in (
        "high variance",
        "6.4 % to 15.1 %",
        "4 drawn at random",
        "2 of 4",
        "12 slices",
        "stands out",
    ):
        assert words in text


def test_without_the_dev_set_the_rest_is_shown_and_the_reason(page):
    found = page(examination=None, absent="gone.csv: there is no such file.")
    assert "gone.csv: there is no such file." in found.text
    assert "high variance" in found.text


def test_a_picture_is_a_png_of_its_pixels(run_report):
    image = pytest.importorskip("PIL.Image")
    grey = np.arange(0, 240, 20, dtype=np.uint8)
    usual = run_report().examination
    mistake = Mistake(0, "a", "b", 0.9, Picture(4, 3, grey.tobytes()))
    examination = Examination(
        **{**{name: getattr(usual, name) for name in usual.__dataclass_fields__}, "mistakes": (mistake,)}
    )
    [picture] = Page(render(Report((run_report(examination=examination),), None))).all("img")
    assert picture["alt"]
    content = base64.b64decode(picture["src"].removeprefix("data:image/png;base64,"))
    assert (np.asarray(image.open(io.BytesIO(content))) == grey.reshape(3, 4)).all()


def test_a_history_without_a_finite_number_draws_nothing(page, history):
    nothing = [epoch._replace(cost=math.nan, loss=math.inf, penalty=math.nan) for epoch in history]
    assert "Cost J, in nats: no finite value" in page(history=tuple(nothing)).text


def test_several_runs_stand_side_by_side(tmp_path):
    file = tmp_path / "d.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [16]}\ntraining: {epochs: 5}\n")
    for layers in ([16], [4]):
        dlrecipe.train(dlrecipe.load_config(file, {"network.layers": layers}), tmp_path / "runs")
    written = dlrecipe.write_report([1, 2], tmp_path / "runs")
    assert written.report == str(tmp_path / "runs" / "report.html")
    found = Page((tmp_path / "runs" / "report.html").read_text(encoding="utf-8"))
    assert len(found.all("article")) == 2
    assert "mid-p McNemar" in found.text
    assert "Wrong dev examples of each class" in found.text
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_where_a_report_cannot_be_written_it_says_so(tmp_path):
    file = tmp_path / "d.yaml"
    file.write_text("data: {source: diabetes}\nnetwork: {layers: []}\ntraining: {epochs: 1}\n")
    dlrecipe.train(dlrecipe.load_config(file), tmp_path / "runs")
    with pytest.raises(dlrecipe.RunError, match="cannot be written to"):
        dlrecipe.write_report(folder=tmp_path / "runs", out=tmp_path / "nowhere" / "a.html")
