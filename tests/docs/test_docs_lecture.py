"""The lecture's pages: their commands run, and what they show is what the commands print."""

import importlib

import pytest
from docs_pages import LECTURE, SHELL, blocks, carried_out

from dlrecipe.lecture import TOPICS

QUICK = "inverted-dropout"
results = importlib.import_module("lecture_results")


def page_of(name):
    return results.with_results(LECTURE[f"lecture/{name}.md"](), name)


def named(name):
    return pytest.param(name, marks=[] if name == QUICK else [pytest.mark.slow])


@pytest.mark.parametrize("name", [named(name) for name in TOPICS])
def test_a_topics_page_does_what_it_says(name, tmp_path):
    page = page_of(name)
    (measured, own) = [block for block in blocks(page) if block.language == SHELL]
    ((command, shown),) = measured.commands
    assert command == f"dlrecipe lecture {name}"
    assert all(figure.label in shown for figure in TOPICS[name].demonstrate().figures)
    assert "The claim holds." in shown
    assert {command for command, _ in own.commands} >= set(TOPICS[name].commands)
    carried_out(page, tmp_path)


def test_a_plot_has_the_title_of_its_page_and_says_what_it_shows():
    page = results.with_results("<!-- plots\n평균 z\n-->", QUICK)
    assert "<figcaption>평균 z</figcaption>" in page
    assert 'aria-label="평균 z. keep_prob: 0.5 → 0.9. divided: ' in page
    assert "<figcaption>mean z, by z without dropout</figcaption>" in page_of(QUICK)


def test_a_page_without_a_title_for_each_plot_is_not_built():
    with pytest.raises(ValueError, match="argument 2 is longer"):
        results.with_results("<!-- plots\none\ntwo\n-->", QUICK)


def test_a_topic_is_listed_with_its_title_and_claim():
    topics = {"x": "# A title\n\n**It holds.**\n"}
    assert results.with_list("<!-- topics -->", topics) == (
        "[**A title**](x.md) `dlrecipe lecture x`\n:   It holds."
    )
