from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from dlrecipe.report.layout import columns, paragraph


def plain(lines):
    return [line.plain for line in lines]


def test_columns_are_aligned_by_whitespace():
    rows = [["name", "error", "level"], ["human", "3.1 %"], ["a", "110 %", Text("high", "bold")]]
    assert plain(columns(rows, "lrl")) == [
        "  name   error  level",
        "  human  3.1 %",
        "  a      110 %  high",
    ]


def test_a_column_without_text_takes_no_room():
    assert plain(columns([["a", "", "b"], ["c", "", "d"]], "lll", indent="")) == ["a  b", "c  d"]


def test_wide_characters_count_twice():
    assert plain(columns([["日本", "x"], ["abcd", "y"]], "ll", indent="")) == ["日本  x", "abcd  y"]


def test_a_number_stays_with_its_percent_sign():
    assert paragraph("an error of 11 % is much", 14).plain == "an error of\n11 % is much"


def test_the_first_line_may_be_indented_otherwise():
    assert paragraph("one two three", 9, first="1. ", rest="   ").plain == "1. one\n   two\n   three"


@given(st.text(alphabet="ab-/ [", max_size=80), st.integers(5, 40))
def test_a_paragraph_keeps_its_words_whole(text, width):
    assert paragraph(text, width).plain.split() == text.split()
