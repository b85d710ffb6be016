"""Screens in Korean: no English sentence on them, tables that are aligned, and JSON that is as ever."""

import io
import json
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from language_cases import verdicts
from language_words import english_in
from rich.cells import cell_len
from rich.console import Console

from dlrecipe.cli.app import run
from dlrecipe.language import speak, told
from dlrecipe.lecture import TOPICS
from dlrecipe.report import show_demonstration, show_diagnosis

WIDTH = 80
CONFIG = "data: {source: breast-cancer}\nnetwork: {layers: [8]}\ntraining: {epochs: 4}\n"


def shown(diagnosis):
    """What a terminal of 80 columns shows of a diagnosis in Korean, notes and all."""
    speak("ko")
    screen = io.StringIO()
    console = Console(file=screen, width=WIDTH, force_terminal=True, color_system=None, highlight=False)
    show_diagnosis(diagnosis, console, console)
    return screen.getvalue()


@effort(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(verdicts())
def test_no_verdict_note_or_suggestion_has_an_english_word_left(diagnosis):
    assert english_in(shown(diagnosis)) == []


@effort(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(verdicts())
def test_no_figure_is_lost(diagnosis):
    """Of a note or a reason; a translation may say more of them, as `the last fifth` becomes `5분의 1`."""
    speak("ko")
    for text in (*diagnosis.notes, *(one.because for one in diagnosis.suggestions)):
        assert not figures_of(text) - figures_of(told(text)), text


def figures_of(text):
    return Counter(re.findall(r"\d[\d,.]*\d|\d", text))


@effort(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(verdicts())
def test_columns_are_aligned_and_lines_fit(diagnosis):
    lines = shown(diagnosis).splitlines()
    rows = [line for line in lines if re.match(r"  (  )?(인간|회피|훈련|분산|개발|불일치)", line)]
    ends = {cell_len(row[: row.index("%") + 1]) for row in rows}
    assert len(rows) in {5, 7}
    assert len(ends) == 1
    wrapped = [line for line in lines if line not in rows and not re.match(r"  \d\. |     dlrecipe ", line)]
    assert all(cell_len(line) <= WIDTH for line in wrapped)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A config, and a finished run of it."""
    folder = tmp_path_factory.mktemp("korean")
    (folder / "cancer.yaml").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["train", "cancer.yaml"]) == 0
    return folder


LINES = {
    "train": ["train", "cancer.yaml"],
    "train that diverges": ["train", "cancer.yaml", "-S", "training={optimizer: gd, learning_rate: 1e9}"],
    "train --fail-on": ["train", "cancer.yaml", "-S", "recipe.human_error=0", "--fail-on", "any"],
    "train --seeds": ["train", "cancer.yaml", "--seeds", "2"],
    "train regression": ["train", "cancer.yaml", "-S", "data.source=diabetes", "-S", "training.lambda=3"],
    "train on moved pictures": [
        *("train", "cancer.yaml", "-S", "data.source=digits"),
        *("-S", "data.augment={shift: 1, flip: [horizontal, vertical]}"),
    ],
    "resume": ["resume", "1"],
    "diagnose": ["diagnose", "1"],
    "improve": ["improve", "cancer.yaml", "--trainings", "4"],
    "curve": ["curve", "cancer.yaml", "--seeds", "1"],
    "lecture": ["lecture"],
    "lecture weight-decay": ["lecture", "weight-decay"],
    "lecture gradient-check": ["lecture", "gradient-check"],
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_commands_are_korean_from_end_to_end(line, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    run([*line, "--lang", "ko"])
    said = capsys.readouterr()
    assert re.search("[가-힣]", said.out)
    assert set(english_in(said.out + said.err)) - names() == set()


def names():
    """Ids that `--json` has, too, of topics and suggestions; what formulas and options say."""
    topics = {word for name in TOPICS for word in name.split("-")}
    return topics | {"several", "dropout", "rate", "loss", "any", "nan"}


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_every_topic_is_korean(topic, capsys):
    speak("ko")
    show_demonstration(topic.demonstrate())
    words = {
        word for word in english_in(capsys.readouterr().out) if set(word) - set("ox")
    }  # points of a plane
    configs = {word for name in topic.files for word in re.findall("[a-z]+", name)}
    data = {"age", "sex", "bmi", "bp", "CSV", "taken", "for"}  # inputs; bayes-error-taken-for-0
    assert words - names() - configs - data == set()


@pytest.mark.parametrize("line", [LINES["diagnose"], LINES["resume"], ["report", "1"], LINES["lecture"]])
def test_json_knows_no_language(line, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    run([*line, "--json"])
    english = capsys.readouterr().out
    run([*line, "--json", "--lang", "ko"])
    assert capsys.readouterr().out == english
    json.loads(english)


def test_files_know_no_language(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert run(["train", "cancer.yaml", "--lang", "ko"]) == 0
    run_folder = capsys.readouterr().out.split()[0]
    for name in ("config.yaml", "result.json", "history.csv"):
        assert not re.search("[가-힣]", (folder / run_folder / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", ["breast-cancer", "diabetes"])
def test_the_report_is_korean(source, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert run(["train", "cancer.yaml", "-S", f"data.source={source}", "-S", "recipe.human_error=1%"]) == 0
    capsys.readouterr()
    assert run(["report", "--lang", "ko", "--out", "korean.html"]) == 0
    assert "보고서: korean.html" in capsys.readouterr().out
    page = (folder / "korean.html").read_text(encoding="utf-8")
    assert '<html lang="ko">' in page
    prose = re.findall(r"<(p|h\d|caption|figcaption|title|desc)\b[^>]*>(.*?)</\1>", page, re.DOTALL)
    told = " ".join(re.sub("<code>.*?</code>|<[^>]+>", " ", text) for _, text in prose)
    own = {"nat", "ECE", "cancer"}
    assert set(english_in(told)) - own == set()


def test_the_lectures_page_is_korean(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert run(["lecture", "weight-decay", "--html", "page.html", "--lang", "ko"]) == 0
    assert "페이지: page.html" in capsys.readouterr().err
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert '<html lang="ko">' in page
    body = re.sub(r"<(style|pre|title).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert english_in(body) == ["rate"]  # of the formula of a step
