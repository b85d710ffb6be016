"""English sentences read back: what they are made of, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.language.catalogue import Message, read_catalogue
from dlrecipe.language.pattern import GLUE, MOST
from dlrecipe.language.translator import LONGEST, Translator

PO = r"""
# A comment.
msgid ""
msgstr ""
"Language: xx\n"

#: some/file.py
msgid "The {0} error of {1} is {2} above the {3} error of {4}"
msgstr "{0}<{1}> {2} > {3}<{4}>"

msgid "{0} example"
msgid_plural "{0} examples"
msgstr[0] "#{0}"

msgid "{0}, with {1}."
msgstr "{0}; WITH {1}."

msgid ""
"A \"long\" one\n"
"\n"
"of two."
msgstr "ONE"

msgid "train"
msgstr "TRAIN"

msgid "dev"
msgstr "DEV"

msgid "column `{0}` is {1}"
msgstr "COLUMN `{0}` IS {1}"
"""
MESSAGES = (
    *read_catalogue(PO),
    *(Message(glue, glue.replace("and", "AND")) for glue in GLUE),
)
TRANSLATOR = Translator(MESSAGES)
GAP = "The dev error of 9 % is 3 points above the train error of 6 %"
TOLD_GAP = "DEV<9 %> 3 points > TRAIN<6 %>"


def test_a_po_file_is_read_with_its_plurals_and_long_texts():
    assert [one.english for one in MESSAGES[:4]] == [
        "The {0} error of {1} is {2} above the {3} error of {4}",
        "{0} example",
        "{0} examples",
        "{0}, with {1}.",
    ]
    assert MESSAGES[4] == Message('A "long" one\n\nof two.', "ONE")
    assert [one.counted for one in MESSAGES[:4]] == [False, True, True, False]


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("train", "TRAIN"),
        (GAP, TOLD_GAP),
        (f"{GAP}, with 1,078 examples.", f"{TOLD_GAP}; WITH #1,078."),  # not: a train error of `6 %, with …`
        (f"{GAP}. {GAP}.", f"{TOLD_GAP}. {TOLD_GAP}."),  # what follows is no part of the 6 %
        (f"{GAP}; the{GAP[3:]}", f"{TOLD_GAP}; {TOLD_GAP}"),  # moved into a sentence
        ("train and dev", "TRAIN AND DEV"),
        ("train, 1 example", "TRAIN, #1"),
        ("column `dev` is dev", "COLUMN `dev` IS DEV"),  # a name is a name
        ("the best examples", "the best examples"),  # no number of them
        ("runs/salt and pepper.html", "runs/salt and pepper.html"),
        ("dlrecipe train a.yaml -S training.lambda=0.3", "dlrecipe train a.yaml -S training.lambda=0.3"),
        ("", ""),
    ],
)
def test_sentences_are_read_as_what_they_are_made_of(english, told):
    assert TRANSLATOR.translate(english) == told


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80))
def test_any_text_is_survived(text):
    TRANSLATOR.translate(text)


@given(st.lists(st.from_regex(r"[xyz]{2,9}", fullmatch=True), min_size=1, max_size=12), st.sampled_from(GLUE))
def test_names_in_a_message_come_through(names, glue):
    """Whatever joins them."""
    joined = names[0]
    for name in names[1:]:
        joined = glue.format(joined, name) if "{1}" in glue else f"{joined} {name}"
    assert TRANSLATOR.translate(f"column `{joined}` is train") == f"COLUMN `{joined}` IS TRAIN"


def test_a_long_list_of_names_is_not_read():
    """It would take long, and say nothing."""
    assert TRANSLATOR.translate(f"train{', x' * MOST}") == f"TRAIN{', x' * MOST}"
    for joints in (MOST + 1, LONGEST):
        names = f"train{', x' * joints}"
        assert TRANSLATOR.translate(names) == names
