"""`dlrecipe lecture`, as people and scripts ask for it."""

from dataclasses import replace

import pytest

from dlrecipe.lecture import TOPICS
from dlrecipe.lecture.topic import Measurement
from dlrecipe.results import Figure


@pytest.fixture
def refuted(monkeypatch):
    """The topic `cost-falls`, measured to be wrong at once."""
    wrong = Measurement(
        (Figure("wrong", "what is wrong", 2.0, (1.0, 3.0), below=1.0), Figure("odd", "odd", float("nan")))
    )
    monkeypatch.setitem(
        TOPICS, "cost-falls", replace(TOPICS["cost-falls"], measure=lambda _seed, _watch: wrong)
    )


def test_the_topics_are_listed(cli):
    ending = cli("lecture")
    assert ending.status == 0
    assert all(name in ending.out for name in TOPICS)


def test_the_list_is_one_json_object(cli):
    found = cli("lecture --json").json
    assert found.keys() == {"schema", "topics"}
    assert [topic.keys() for topic in found["topics"]] == [{"name", "claim"}] * len(TOPICS)


def test_a_topic_is_one_json_object(cli):
    ending = cli("lecture dev-size --seed 4 --json")
    assert ending.status == 0
    assert ending.json.keys() == {"schema", "name", "claim", "measured", "holds"}
    assert ending.json["name"] == "dev-size"
    assert ending.json["holds"] is True
    assert ending.json["measured"]["detectable_paired_100"] > 0


def test_a_topic_is_shown_and_a_page_written(cli, here):
    ending = cli("lecture dev-size --html page.html")
    assert ending.status == 0
    assert "The claim holds." in ending.out
    assert ending.err == "Page: page.html\n"
    assert (here / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_open_shows_the_page_in_the_browser(cli, refuted, monkeypatch):  # noqa: ARG001  # it is quick
    opened = []
    monkeypatch.setattr("typer.launch", opened.append)
    cli("lecture cost-falls --open")
    assert opened[0].startswith("file:///")
    assert opened[0].endswith("/cost-falls.html")


def test_a_claim_that_does_not_hold_ends_with_status_1(cli, refuted):  # noqa: ARG001
    ending = cli("lecture cost-falls --json")
    assert ending.status == 1
    assert ending.json["holds"] is False
    assert ending.json["measured"] == {"wrong": 2.0, "wrong_interval": [1.0, 3.0], "odd": None}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lecture weight-decoy", "Did you mean weight-decay?"),
        ("lecture --open", "need one topic"),
        ("lecture dev-size --all", "not both: dev-size and --all"),
        ("lecture --all --html page.html", "need one topic"),
        ("lecture dev-size --seed -1", "--seed"),
        ("lecture dev-size --files small.yaml", "cannot be written"),
    ],
)
def test_a_wrong_request_ends_with_status_2(cli, line, said):
    ending = cli(line)
    assert ending.status == 2
    assert said in ending.err
    assert ending.out == ""
    assert cli(f"{line} --json").json["error"]["kind"] == "usage"


def test_files_are_laid_where_they_can_be_trained(cli):
    ending = cli("lecture weight-decay --files mine --json")
    assert ending.json == {"schema": 1, "files": ["mine/patients.yaml"]}
    assert cli("train mine/patients.yaml -S training.epochs=2").status == 0


def test_all_topics_are_run_and_one_that_fails_is_named(cli, refuted, monkeypatch):  # noqa: ARG001
    for name in set(TOPICS) - {"cost-falls", "inverted-dropout"}:
        monkeypatch.delitem(TOPICS, name)
    shown, found = cli("lecture --all"), cli("lecture --all --json")
    assert shown.status == found.status == 1
    assert [line.split()[0] for line in shown.out.splitlines()] == ["cost-falls", "inverted-dropout"]
    assert "does not hold here: what is wrong" in shown.out
    assert [(topic["name"], topic["holds"]) for topic in found.json["topics"]] == [
        ("cost-falls", False),
        ("inverted-dropout", True),
    ]
