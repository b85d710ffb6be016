"""No message without its translation, and no translation without its message."""

import re
from importlib import resources

import pytest
from language_catalogue import stale, stored
from language_messages import TEMPLATES, said

from dlrecipe.language.catalogue import read_catalogue
from dlrecipe.language.pattern import GLUE

KOREAN = re.compile("[가-힣]")
PLACE = re.compile(r"\{\d\}")
LITERAL = re.compile(
    r"--[a-z-]+|\b(?:recipe|data|training|network)\.\w+|\bdlrecipe (?:evaluate|resume|train)\b"
)
CODE = re.compile(r"`([^`]*)`")


def translation_of(entry):
    return entry.string if isinstance(entry.string, str) else entry.string[0]


def test_the_source_says_something():
    """What the other tests go through is not empty: all rooms are heard."""
    rooms = {one.file.split("/")[1] for one in said()}
    assert rooms >= {"cli", "data", "experiments", "lecture", "recipe", "report", "runs", "training"}
    assert len(said()) > 500


def test_every_message_is_translated(catalogue):
    """`python -m pytest tests/language --update-messages` adds those that are new."""
    assert [one.english for one in said() if one.english not in catalogue] == []
    assert [english for english, entry in catalogue.items() if not translation_of(entry)] == []


def test_a_number_of_things_is_translated_in_both_its_forms(catalogue):
    counted = [one for one in said() if one.plural]
    assert counted
    assert [one.english for one in counted if catalogue[one.english].id != (one.english, one.plural)] == []


def test_nothing_is_translated_that_nobody_says():
    assert stale(stored()) == []


def test_a_translation_has_the_places_of_its_message(catalogue):
    pairs = {english: translation_of(entry) for english, entry in catalogue.items()}
    lost = [one for one, told in pairs.items() if sorted(PLACE.findall(one)) != sorted(PLACE.findall(told))]
    assert lost == []


def test_a_translation_has_the_keys_options_commands_and_code_of_its_message(catalogue):
    for english, entry in catalogue.items():
        kept = [*LITERAL.findall(english), *(code for code in CODE.findall(english) if "{" not in code)]
        assert [literal for literal in kept if literal not in translation_of(entry)] == [], english


def test_places_never_touch(catalogue):
    """Where one ends and the next begins could not be told from a sentence."""
    assert [english for english in catalogue if "}{" in english] == []


def test_a_sentence_stays_a_sentence_and_a_paragraph_a_paragraph(catalogue):
    for english, entry in catalogue.items():
        translation = translation_of(entry)
        assert english.endswith(".") == translation.endswith("."), english
        assert english.count("\n\n") == translation.count("\n\n"), english


def test_translations_are_korean(catalogue):
    not_korean = {english for english in catalogue if not KOREAN.search(translation_of(catalogue[english]))}
    assert not_korean - set(GLUE) == {
        *("lambda {0}", "lambda {0} -> {1}", "lambda 0", "lambda 30"),
        *("{0} (p = {1})", "{0} point", "{0} points", "{0} to {1}", "{0} to {1} %", "J {0}", "taken for"),
    }


def test_the_program_reads_the_file_as_translators_tools_do(catalogue):
    ours = {
        one.english: one.translation
        for one in read_catalogue(
            resources.files("dlrecipe.language").joinpath("ko.po").read_text(encoding="utf-8")
        )
    }
    theirs = {}
    for entry in catalogue.values():
        for english in entry.id if isinstance(entry.id, tuple) else (entry.id,):
            theirs[english] = translation_of(entry)
    assert ours == theirs


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_pages_hold_no_text_that_is_not_told(page):
    """What stands between the tags of a template, outside its expressions, would stay English."""
    source = page.read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", source, flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{2,}", bare.replace("&lt;", ""))) - {"dlrecipe"} == set()
